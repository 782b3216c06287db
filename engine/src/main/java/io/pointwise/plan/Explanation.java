// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.layer.Concat;
import io.pointwise.layer.Constant;
import io.pointwise.layer.Cost;
import io.pointwise.layer.Dropout;
import io.pointwise.layer.Reorder;
import io.pointwise.network.Node;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan told layer by layer: what each costs, which algorithm computes it, and why no other does.
 *
 * @param layers of the network, in order
 * @param reorders that planning put in
 * @param total cost of all layers
 * @param memory of one run
 */
public record Explanation(
    List<LayerReport> layers, List<PlannedStep> reorders, Cost total, Memory memory) {
  /**
   * What became of one layer.
   *
   * @param name of the layer
   * @param kind of the layer
   * @param shape of its output
   * @param cost of the layer alone
   * @param step that computes it, alone or with others; null for what needs no computation
   * @param note how it is computed when not by a step of its own: fused into which, a view, the
   *     identity; else empty
   */
  public record LayerReport(
      String name, String kind, Shape shape, Cost cost, @Nullable PlannedStep step, String note) {}

  static Explanation of(Blueprint blueprint) {
    Map<String, PlannedStep> steps = new HashMap<>();
    List<PlannedStep> reorders = new ArrayList<>();
    for (PlannedStep step : blueprint.steps()) {
      if (step.step().operation() instanceof Reorder) {
        reorders.add(step);
      }
      step.covers().forEach(layer -> steps.put(layer, step));
    }
    List<LayerReport> layers = new ArrayList<>();
    for (Node node : blueprint.network().nodes()) {
      PlannedStep step = steps.get(node.name());
      layers.add(
          new LayerReport(
              node.name(), node.layer().kind(), node.shape(), node.cost(), step, note(node, step)));
    }
    return new Explanation(layers, reorders, blueprint.network().cost(), blueprint.memory());
  }

  private static String note(Node node, @Nullable PlannedStep step) {
    if (step == null) {
      return switch (node.layer()) {
        case Dropout _ -> "identity, removed";
        case Constant _ -> "constant, on the device once";
        case Concat _ -> "in place, no copy";
        default -> "view, no copy";
      };
    }
    String first = step.covers().getFirst();
    return first.equals(node.name()) ? "" : "fused into " + first;
  }
}
