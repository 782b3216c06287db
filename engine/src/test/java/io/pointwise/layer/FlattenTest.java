// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlattenTest {
  private static Shape flatten(int axis, Shape shape) {
    return new Flatten(axis).outputShape(List.of(shape));
  }

  @Test
  void keepsTheBatch() {
    assertEquals(Shape.of(8, 3136), new Flatten().outputShape(List.of(Shape.of(8, 64, 7, 7))));
  }

  @Test
  void splitsAtAnyAxis() {
    Shape shape = Shape.of(2, 3, 5, 7);
    assertEquals(Shape.of(1, 210), flatten(0, shape));
    assertEquals(Shape.of(6, 35), flatten(2, shape));
    assertEquals(Shape.of(210, 1), flatten(4, shape));
    assertEquals(Shape.of(30, 7), flatten(-1, shape));
    assertEquals(Shape.of(1, 210), flatten(-4, shape));
  }

  @Test
  void makesAMatrixOfAVectorAndOfAScalar() {
    assertEquals(Shape.of(5, 1), flatten(1, Shape.of(5)));
    assertEquals(Shape.of(1, 1), flatten(0, Shape.of()));
  }

  @Test
  void mayBeEmpty() {
    assertEquals(Shape.of(0, 15), flatten(1, Shape.of(0, 3, 5)));
    assertEquals(Shape.of(3, 0), flatten(1, Shape.of(3, 0, 5)));
  }

  @Test
  void refusesAnAxisOutsideTheShape() {
    assertRefused(() -> flatten(5, Shape.of(2, 3, 5, 7)), "axis 5", "2×3×5×7", "rank 4");
    assertRefused(() -> flatten(-5, Shape.of(2, 3, 5, 7)), "axis -5", "2×3×5×7", "rank 4");
    assertRefused(() -> flatten(1, Shape.of()), "axis 1", "scalar", "rank 0");
  }

  @Test
  void refusesMoreColumnsThanADimensionHolds() {
    assertRefused(
        () -> flatten(1, Shape.of(2, 1 << 16, 1 << 15)),
        "2×" + (1L << 31),
        "limit " + Integer.MAX_VALUE);
  }
}
