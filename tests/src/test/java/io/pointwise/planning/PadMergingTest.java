// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Layer;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.Operation;
import io.pointwise.layer.Pad;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Explanation;
import io.pointwise.plan.PlannedStep;
import io.pointwise.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pads that become padding of the window behind them, and those that stay. */
final class PadMergingTest {
  private static final Shape IMAGE = Shape.of(1, 4, 7, 6);
  private static final Window THREE = Window.square(3);
  private static final float LEAST = Float.NEGATIVE_INFINITY;

  /** One row above, two below, two columns on the right. */
  private static Pad pad(float value) {
    return pad(List.of(0, 0, 1, 0), List.of(0, 0, 2, 2), value);
  }

  private static Pad pad(List<Integer> before, List<Integer> after, float value) {
    return new Pad(before, after, Pad.Mode.CONSTANT, value);
  }

  private static Network network(Pad pad, Layer behind) {
    return Network.builder("net")
        .input("image", IMAGE)
        .layer("pad", pad)
        .layer("behind", behind)
        .build(1);
  }

  /** What is computed; reorders between layouts are another matter. */
  private static List<Operation> operations(Network network) {
    return Cpu.blueprint(network).steps().stream()
        .map(step -> step.step().operation())
        .filter(Layer.class::isInstance)
        .toList();
  }

  @Test
  void zerosBecomePaddingOfAConvolution() {
    assertEquals(
        List.of(new Conv2d(5, THREE.pad(2, 1, 3, 3))),
        operations(network(pad(0), new Conv2d(5, THREE.pad(1)))));
  }

  @Test
  void zerosBecomePaddingThatAMeanCounts() {
    assertEquals(
        List.of(new AvgPool2d(THREE.pad(1, 0, 2, 2), false, true)),
        operations(network(pad(0), new AvgPool2d(THREE))));
  }

  @Test
  void theLeastNumberBecomesPaddingOfAMaximum() {
    assertEquals(
        List.of(new MaxPool2d(THREE.pad(1, 0, 2, 2))),
        operations(network(pad(LEAST), new MaxPool2d(THREE))));
  }

  static List<Network> kept() {
    return List.of(
        network(pad(1), new Conv2d(5, THREE)),
        network(pad(LEAST), new Conv2d(5, THREE)),
        network(pad(0), new MaxPool2d(THREE)),
        network(pad(0), new MaxPool2d(THREE, true)),
        network(pad(LEAST), new MaxPool2d(THREE, true)),
        network(pad(0), new AvgPool2d(THREE, true, false)),
        // Its own padding does not count, what the pad put there does.
        network(pad(0), new AvgPool2d(THREE.pad(1))),
        // More padding than a pool may have.
        network(pad(0), new AvgPool2d(THREE.pad(0, 0, 1, 0), false, true)),
        network(pad(List.of(0, 1, 0, 0), List.of(0, 0, 0, 0), 0), new Conv2d(5, THREE)),
        network(
            new Pad(List.of(0, 0, 1, 1), List.of(0, 0, 1, 1), Pad.Mode.REFLECT, 0),
            new Conv2d(5, THREE)));
  }

  @ParameterizedTest
  @MethodSource("kept")
  void otherPadsStay(Network network) {
    assertEquals(
        network.nodes().stream().map(node -> (Operation) node.layer()).toList(),
        operations(network));
  }

  @Test
  void aPadThatIsReadTwiceStays() {
    Network network =
        Network.builder("net")
            .input("image", IMAGE)
            .layer("pad", pad(0))
            .layer("conv", new Conv2d(5, THREE))
            .build(1, List.of("conv", "pad"));
    assertEquals(2, operations(network).size());
  }

  @Test
  void theExplanationNamesTheConvolution() {
    Network network =
        Network.builder("net")
            .input("image", IMAGE)
            .layer("pad", pad(0))
            .conv("conv", 5, THREE)
            .batchNorm()
            .relu()
            .build(1);
    Blueprint blueprint = Cpu.blueprint(network);
    assertEquals(
        List.of(List.of("conv", "batch-norm-1", "relu-1", "pad")),
        blueprint.steps().stream()
            .map(PlannedStep::covers)
            .filter(covers -> !covers.isEmpty())
            .toList());
    assertEquals(
        List.of("fused into conv", "", "fused into conv", "fused into conv"),
        blueprint.explain().layers().stream().map(Explanation.LayerReport::note).toList());
  }
}
