// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.Device;
import io.pointwise.layer.Role;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.network.Node;
import io.pointwise.network.Weights;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import io.pointwise.reference.Comparison;
import io.pointwise.reference.Expected;
import io.pointwise.reference.Reference;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Runs small networks of random data by generated code alone, between guard bands and over memory
 * full of NaN, and compares with the reference.
 */
final class PlanCheck {
  private static final int RUNS = 2;

  private final SplittableRandom random = new SplittableRandom(7);
  private final Device device;
  private double nanShare;

  PlanCheck(Device device) {
    this.device = device;
  }

  /** From now on so many of the inputs are NaN or infinite. */
  PlanCheck withSpecialInputs(double share) {
    nanShare = share;
    return this;
  }

  /** Layers after each other, on one input. */
  void layers(Shape input, UnaryOperator<NetworkBuilder> layers) {
    check(layers.apply(Network.builder("layers").input("input", input)).build(0));
  }

  /** Any network; its weights are replaced. */
  void check(Network network) {
    Network filled = filled(network);
    List<Tensor> inputs = filled.inputs().values().stream().map(this::input).toList();
    PlanOptions options =
        PlanOptions.DEFAULT.withOnly("jit-*").withMaxContexts(1).withGuarded(true);
    Blueprint blueprint = Planner.blueprint(filled, device, options);
    List<Expected> expected = Reference.run(filled, inputs);
    try (Plan plan = Plan.prepare(blueprint, device)) {
      for (int run = 0; run < RUNS; run++) {
        List<Tensor> outputs = new ArrayList<>();
        for (String output : filled.outputs()) {
          outputs.add(tensor(filled.shape(output), () -> Float.NaN));
        }
        plan.run(inputs, outputs);
        for (int i = 0; i < outputs.size(); i++) {
          Comparison comparison = Comparison.of(outputs.get(i), expected.get(i));
          assertTrue(comparison.ok(), () -> blueprint.steps() + ": " + comparison.describe());
        }
      }
    }
  }

  private Network filled(Network network) {
    Network.Graph graph = Network.graph(network.name());
    network.inputs().forEach(graph::input);
    for (Node node : network.nodes()) {
      Map<Role, Tensor> tensors = new EnumMap<>(Role.class);
      node.weights()
          .shapes()
          .forEach((role, shape) -> tensors.put(role, tensor(shape, this::positive)));
      Weights weights = tensors.isEmpty() ? Weights.none() : Weights.of(tensors);
      graph.add(node.name(), node.layer(), weights, node.inputs());
    }
    return graph.build(network.outputs());
  }

  private Tensor input(Shape shape) {
    return tensor(
        shape,
        () -> {
          if (random.nextDouble() >= nanShare) {
            return (float) random.nextDouble(-2, 2);
          }
          // NaN of either sign, as arithmetic makes them; infinities.
          return Float.intBitsToFloat(
              new int[] {0x7FC00000, 0xFFC00000, 0x7F800000, 0xFF800000}[random.nextInt(4)]);
        });
  }

  private float positive() {
    return (float) random.nextDouble(0.25, 1);
  }

  /** Makes floats. */
  @FunctionalInterface
  private interface FloatSource {
    float next();
  }

  private static Tensor tensor(Shape shape, FloatSource source) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = source.next();
    }
    return Tensor.of(shape, values);
  }
}
