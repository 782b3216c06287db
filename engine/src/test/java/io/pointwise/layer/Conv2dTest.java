// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Conv2dTest {
  private static final Window THREE = Window.square(3).padSame();

  private static final List<Shape> INPUT = List.of(Shape.of(1, 512, 12, 12));

  @Test
  void pointwiseCosts16416ParametersAnd2359296Macs() {
    Conv2d conv = Conv2d.pointwise(32);
    assertEquals(Shape.of(1, 32, 12, 12), conv.outputShape(INPUT));
    assertEquals(16_416, conv.cost(INPUT).parameters());
    assertEquals(2_359_296, conv.cost(INPUT).macs());
    assertEquals(2 * 2_359_296, conv.cost(INPUT).flops());
    assertEquals(conv.spec(INPUT.getFirst()).cost(), conv.cost(INPUT));
  }

  @Test
  void threeByThreeCosts147488ParametersAnd21233664Macs() {
    Conv2d conv = new Conv2d(32, THREE);
    assertEquals(147_488, conv.cost(INPUT).parameters());
    assertEquals(21_233_664, conv.cost(INPUT).macs());
    assertEquals(conv.spec(INPUT.getFirst()).cost(), conv.cost(INPUT));
  }

  @Test
  void hasAnOihwWeightAndABiasWhereAskedFor() {
    assertEquals(
        Map.of(Role.WEIGHT, Shape.of(32, 512, 3, 3), Role.BIAS, Shape.of(32)),
        new Conv2d(32, THREE).weights(INPUT));
    assertEquals(
        Map.of(Role.WEIGHT, Shape.of(512, 1, 3, 3)),
        new Conv2d(512, THREE, 512, false).weights(INPUT));
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused(() -> new Conv2d(0, THREE), "oc=0", "at least 1");
    assertRefused(() -> new Conv2d(4, THREE, 0, true), "groups=0", "at least 1");
    assertRefused(() -> new Conv2d(4, THREE, 3, true), "groups=3 does not divide oc=4");
    Conv2d conv = new Conv2d(6, THREE, 3, true);
    assertRefused(
        () -> conv.outputShape(List.of(Shape.of(1, 4, 9, 9))), "groups=3 does not divide ic=4");
    assertRefused(
        () -> conv.outputShape(List.of(Shape.of(3, 9, 9))), "conv2d", "rank 4", "shape 3×9×9");
    assertRefused(() -> conv.weights(List.of(Shape.of())), "conv2d", "rank 4", "scalar");
    assertRefused(() -> conv.macs(List.of()), "conv2d takes 1 input, got 0");
    assertRefused(
        () -> conv.outputShape(List.of(INPUT.getFirst(), INPUT.getFirst())),
        "conv2d takes 1 input, got 2");
  }
}
