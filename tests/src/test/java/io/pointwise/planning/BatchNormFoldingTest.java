// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.planning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.device.Device;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Linear;
import io.pointwise.layer.Role;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.network.Weights;
import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A folded batch norm gives what an unfolded one gives: exactly, on data that computes exactly. */
final class BatchNormFoldingTest {
  private final SplittableRandom random = new SplittableRandom(11);

  static Stream<Arguments> layers() {
    Shape image = Shape.of(2, 6, 5, 4);
    Window three = Window.square(3).pad(1);
    return Stream.of(
        Arguments.of(new Conv2d(8, three), image),
        Arguments.of(new Conv2d(8, three, 2, false), image),
        Arguments.of(new Conv2d(6, three, 6, true), image),
        Arguments.of(new ConvTranspose2d(6, three, 0, 0, 3, true), image),
        Arguments.of(new ConvTranspose2d(4, Window.square(2).stride(2)), image),
        Arguments.of(new Linear(7, true), Shape.of(3, 9)),
        Arguments.of(new Linear(7, false), Shape.of(3, 9)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void foldedAndUnfoldedAgree(Layer layer, Shape input) {
    Network.Graph graph = Network.graph("net");
    graph.input("input", input);
    Shape output =
        graph.add("linear", layer, integers(layer.weights(List.of(input))), List.of("input"));
    BatchNorm norm = new BatchNorm(0);
    graph.add("norm", norm, integers(norm.weights(List.of(output))), List.of("linear"));
    Network folds = graph.build(List.of("norm"));
    // The linear layer's own value is wanted as well, so nothing can be folded.
    Network keeps = graph.build(List.of("norm", "linear"));
    try (Device device = Cpu.open()) {
      PlanOptions scalar = PlanOptions.DEFAULT.withOnly("scalar-*");
      Tensor data = fill(input, this::integer);
      try (Plan folded = Planner.plan(folds, device, scalar);
          Plan unfolded = Planner.plan(keeps, device, scalar)) {
        assertEquals(1, folded.blueprint().steps().size());
        assertEquals(2, unfolded.blueprint().steps().size());
        assertArrayEquals(
            unfolded.run(List.of(data)).getFirst().toArray(), folded.run(data).toArray());
      }
    }
  }

  private Weights integers(Map<Role, Shape> shapes) {
    Map<Role, Tensor> tensors = new EnumMap<>(Role.class);
    shapes.forEach(
        (role, shape) ->
            tensors.put(
                role,
                switch (role) {
                  case SCALE -> fill(shape, () -> random.nextBoolean() ? 2 : -4);
                  case VARIANCE -> fill(shape, () -> random.nextBoolean() ? 1 : 4);
                  default -> fill(shape, this::integer);
                }));
    return Weights.of(tensors);
  }

  private double integer() {
    return random.nextInt(-4, 5);
  }

  private static Tensor fill(Shape shape, DoubleSupplier values) {
    Tensor tensor = Tensor.zeros(shape);
    for (long i = 0; i < shape.elements(); i++) {
      tensor.set(i, (float) values.getAsDouble());
    }
    return tensor;
  }
}
