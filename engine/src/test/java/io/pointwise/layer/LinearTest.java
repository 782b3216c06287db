// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinearTest {
  @Test
  void mapsRowsOfFeatures() {
    List<Shape> input = List.of(Shape.of(8, 3136));
    Linear linear = new Linear(100, true);
    assertEquals(Shape.of(8, 100), linear.outputShape(input));
    assertEquals(
        Map.of(Role.WEIGHT, Shape.of(100, 3136), Role.BIAS, Shape.of(100)), linear.weights(input));
    assertEquals(3136 * 100 + 100, linear.cost(input).parameters());
    assertEquals(8 * 3136 * 100, linear.cost(input).macs());
    assertEquals(4 * (8 * 3136 + 313_700 + 8 * 100), linear.cost(input).bytes());
  }

  @Test
  void mayDoWithoutBias() {
    assertEquals(
        Map.of(Role.WEIGHT, Shape.of(10, 7)),
        new Linear(10, false).weights(List.of(Shape.of(1, 7))));
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused(() -> new Linear(0, true), "out=0", "at least 1");
    Linear linear = new Linear(10, true);
    for (Shape bad : List.of(Shape.of(), Shape.of(7), Shape.of(1, 64, 7, 7))) {
      assertRefused(
          () -> linear.outputShape(List.of(bad)), "linear needs an input of rank 2", bad + "");
      assertRefused(() -> linear.weights(List.of(bad)), "rank 2");
      assertRefused(() -> linear.macs(List.of(bad)), "rank 2");
    }
    assertRefused(() -> linear.outputShape(List.of()), "linear takes 1 input, got 0");
  }

  @Test
  void refusesMacsThatOverflow() {
    Linear linear = new Linear(1 << 30, true);
    assertRefused(() -> linear.macs(List.of(Shape.of(1 << 20, 1 << 20))), "MACs overflows");
  }
}
