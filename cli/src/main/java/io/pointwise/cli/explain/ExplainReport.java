// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.explain;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pointwise.cli.output.RanDevice;
import io.pointwise.cli.output.SkippedDevice;
import io.pointwise.layer.Cost;
import io.pointwise.network.Network;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Explanation;
import io.pointwise.plan.Memory;
import io.pointwise.plan.PlannedStep;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The document of {@code pointwise explain --json}.
 *
 * @param schema name and version of this format
 * @param network name
 * @param inputs of the network
 * @param precision of the arithmetic
 * @param device that it would run on
 * @param skipped devices that were preferred but do not work
 * @param layers in order
 * @param reorders changes of layout that planning put in
 * @param totals cost of all layers
 * @param memory of one run
 */
record ExplainReport(
    String schema,
    String network,
    List<InputJson> inputs,
    String precision,
    RanDevice device,
    List<SkippedDevice> skipped,
    List<LayerJson> layers,
    List<ReorderJson> reorders,
    CostJson totals,
    MemoryJson memory) {
  /** An input of the network. */
  record InputJson(String name, List<Integer> shape) {}

  /**
   * A layer.
   *
   * @param algorithm that computes it, or null where nothing is computed
   * @param choice what the choice of the algorithm rests on: heuristic (the device's own order),
   *     measured or stored (measured earlier); null where nothing is computed
   * @param step what is computed together with it, as {@code conv2d + relu}; null where nothing is
   *     computed
   * @param layouts of the step's inputs, then of its output
   * @param note how it is computed when not by a step of its own: fused, a view, removed; else
   *     empty
   * @param candidates algorithms of the device for the step; empty for a layer without a step of
   *     its own
   */
  record LayerJson(
      String name,
      String kind,
      List<Integer> shape,
      long parameters,
      long macs,
      long flops,
      long bytes,
      @Nullable String algorithm,
      @Nullable String choice,
      @Nullable String step,
      List<String> layouts,
      String note,
      List<CandidateJson> candidates) {}

  /** A change of layout. */
  record ReorderJson(String name, String algorithm, String from, String to, long bytes) {}

  /** Sums over all layers. */
  record CostJson(long parameters, long macs, long flops, long bytes) {}

  /**
   * Memory of one run, in bytes.
   *
   * @param peak arena and bound tensors
   * @param sum all activations of the network, each with memory of its own
   * @param arena activations that share memory by lifetime, and workspaces
   * @param bound tensors of the caller that are read and written in place
   * @param lowerBound the least arena that any arrangement needs
   */
  record MemoryJson(
      @JsonProperty("peak_bytes") long peak,
      @JsonProperty("sum_bytes") long sum,
      @JsonProperty("arena_bytes") long arena,
      @JsonProperty("bound_bytes") long bound,
      @JsonProperty("lower_bound_bytes") long lowerBound) {}

  static ExplainReport of(Blueprint blueprint, Map<String, String> skippedDevices) {
    Explanation explanation = blueprint.explain();
    Network network = blueprint.network();
    List<InputJson> inputs = new ArrayList<>();
    network.inputs().forEach((name, shape) -> inputs.add(new InputJson(name, dims(shape))));
    Cost total = explanation.total();
    Memory memory = explanation.memory();
    return new ExplainReport(
        "pointwise-explain/1",
        network.name(),
        inputs,
        blueprint.options().precision().name().toLowerCase(Locale.ROOT),
        RanDevice.of(blueprint.device()),
        SkippedDevice.of(skippedDevices),
        explanation.layers().stream().map(ExplainReport::layer).toList(),
        explanation.reorders().stream().map(ExplainReport::reorder).toList(),
        new CostJson(total.parameters(), total.macs(), total.flops(), total.bytes()),
        new MemoryJson(
            memory.peakBytes(),
            memory.sumBytes(),
            memory.arenaBytes(),
            memory.boundBytes(),
            memory.lowerBoundBytes()));
  }

  private static LayerJson layer(Explanation.LayerReport report) {
    PlannedStep step = report.step();
    Cost cost = report.cost();
    return new LayerJson(
        report.name(),
        report.kind(),
        dims(report.shape()),
        cost.parameters(),
        cost.macs(),
        cost.flops(),
        cost.bytes(),
        step == null ? null : step.algorithm().name(),
        step == null ? null : step.origin().name().toLowerCase(Locale.ROOT),
        step == null ? null : step.step().describe(),
        step == null ? List.of() : layouts(step),
        report.note(),
        step == null || !report.note().isEmpty()
            ? List.of()
            : step.candidates().stream().map(CandidateJson::of).toList());
  }

  private static List<String> layouts(PlannedStep step) {
    List<String> layouts = new ArrayList<>();
    step.choice().inputs().stream().map(Layout::toString).forEach(layouts::add);
    layouts.add(step.choice().output().toString());
    return List.copyOf(layouts);
  }

  private static ReorderJson reorder(PlannedStep step) {
    return new ReorderJson(
        step.step().name(),
        step.algorithm().name(),
        step.choice().inputs().getFirst().toString(),
        step.choice().output().toString(),
        2 * step.step().input().bytes());
  }

  private static List<Integer> dims(Shape shape) {
    return Arrays.stream(shape.toArray()).boxed().toList();
  }
}
