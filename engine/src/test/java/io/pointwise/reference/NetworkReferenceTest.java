// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cpu.Workers;
import io.pointwise.cpu.scalar.Evaluation;
import io.pointwise.cpu.scalar.RandomConvolution;
import io.pointwise.device.Epilogue;
import io.pointwise.layer.Dropout;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.network.Node;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class NetworkReferenceTest {
  private static final Workers WORKERS = new Workers(2);

  private static void holds(Tensor actual, Expected expected, String what) {
    Comparison comparison = Comparison.of(actual, expected);
    assertTrue(comparison.ok(), () -> what + ": " + comparison.describe());
  }

  private static Network inception() {
    UnaryOperator<NetworkBuilder> wide =
        b -> b.pointwise(4).relu().conv(6, Window.square(3).padSame()).batchNorm().relu6();
    return Network.builder("small")
        .input("image", Shape.of(2, 3, 17, 17))
        .conv(8, Window.square(3).stride(2).pad(1))
        .batchNorm()
        .relu()
        .localResponseNorm(5, 1e-4f, 0.75f, 1)
        .maxPool(Window.square(3).stride(2).pad(1))
        .residual(b -> b.pointwise(4).batchNorm().relu().pointwise(8).batchNorm())
        .relu()
        .depthwise(Window.square(3).padSame())
        .branches(b -> b.pointwise(4).sigmoid(), wide, b -> b.avgPool(Window.square(3).padSame()))
        .globalAvgPool()
        .dropout(0.2f)
        .flatten()
        .linear(10)
        .softmax()
        .build(42);
  }

  private static Tensor image(long seed) {
    return RandomConvolution.reals(new SplittableRandom(seed), Shape.of(2, 3, 17, 17));
  }

  @Test
  void boundsOfAWholeNetworkHoldForTheScalarTierAndAreOfUse() {
    Network network = inception();
    Map<String, Expected> trace = Reference.trace(network, List.of(image(5)));
    Map<String, Tensor> values = new HashMap<>(Map.of("image", image(5)));
    for (Node node : network.nodes()) {
      List<Tensor> inputs =
          node.inputs().stream().map(name -> Objects.requireNonNull(values.get(name))).toList();
      Tensor output =
          Evaluation.scalar(
              Evaluation.step(node.layer(), Epilogue.NONE, node.inputShapes()),
              node.weights(),
              inputs,
              WORKERS);
      values.put(node.name(), output);
      holds(output, at(trace, node.name()), node.name());
    }
    Expected last = at(trace, network.outputs().getFirst());
    for (long i = 0; i < last.shape().elements(); i++) {
      assertTrue(last.bound(i) < 0.02, "bound " + last.bound(i) + " of " + last.value(i));
    }
  }

  private static Expected at(Map<String, Expected> trace, String name) {
    return Objects.requireNonNull(trace.get(name), name);
  }

  @Test
  void runGivesTheOutputsAsTraceDoes() {
    Network network = inception();
    List<Expected> run = Reference.run(network, List.of(image(6)));
    Map<String, Expected> trace = Reference.trace(network, List.of(image(6)));
    assertEquals(1, run.size());
    assertEquals(network.nodes().size(), trace.size());
    Expected traced = at(trace, network.outputs().getFirst());
    for (long i = 0; i < 20; i++) {
      assertEquals(traced.value(i), run.getFirst().value(i));
      assertEquals(traced.bound(i), run.getFirst().bound(i));
    }
  }

  @Test
  void anOutputMayBeAnInputOrReadByAnother() {
    Network network =
        Network.builder("early")
            .input("x", Shape.of(1, 2))
            .layer("half", new Dropout(0.5f))
            .relu()
            .build(0, List.of("x", "half"));
    List<Expected> run = Reference.run(network, List.of(Tensor.of(Shape.of(1, 2), -1, 1)));
    assertEquals(2, run.size());
    assertEquals(0, run.getFirst().bound(0));
    assertEquals(-1, run.getLast().value(0));
  }

  @Test
  void refusesInputsOfOtherShapes() {
    Network network = inception();
    List<Tensor> wrong = List.of(Tensor.zeros(Shape.of(1, 3, 17, 17)));
    assertThrows(IllegalArgumentException.class, () -> Reference.run(network, wrong));
    assertThrows(IllegalArgumentException.class, () -> Reference.run(network, List.of()));
  }
}
