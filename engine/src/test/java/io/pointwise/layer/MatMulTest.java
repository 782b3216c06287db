// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatMulTest {
  private static Shape product(Shape a, Shape b) {
    return new MatMul().outputShape(List.of(a, b));
  }

  @Test
  void multipliesTheLastTwoDimensionsAndBroadcastsTheOthers() {
    assertEquals(Shape.of(2, 4), product(Shape.of(2, 3), Shape.of(3, 4)));
    assertEquals(Shape.of(5, 6, 2, 4), product(Shape.of(6, 2, 3), Shape.of(5, 1, 3, 4)));
    assertEquals(Shape.of(2, 4), product(Shape.of(2, 0), Shape.of(0, 4)));
    assertEquals(Shape.of(0, 2, 4), product(Shape.of(0, 2, 3), Shape.of(3, 4)));
  }

  @Test
  void countsItsMacs() {
    assertEquals(
        new Cost(0, 5 * 2 * 3 * 4, 4 * (5 * 6 + 12 + 5 * 8)),
        new MatMul().cost(List.of(Shape.of(5, 2, 3), Shape.of(3, 4))));
  }

  @Test
  void refusesWhatCannotBeMultiplied() {
    assertRefused(
        () -> product(Shape.of(2, 3), Shape.of(4, 2)),
        "matmul: shapes 2×3 and 4×2 cannot be multiplied");
    assertRefused(() -> product(Shape.of(3), Shape.of(3, 2)), "cannot be multiplied");
    assertRefused(
        () -> product(Shape.of(2, 1, 1), Shape.of(3, 1, 1)), "matmul", "do not broadcast");
    assertRefused(
        () -> new MatMul().outputShape(List.of(Shape.of(2, 2))), "matmul takes 2 inputs, got 1");
  }
}
