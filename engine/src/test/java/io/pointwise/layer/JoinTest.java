// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinTest {
  @Test
  void concatAddsUpTheAxis() {
    List<Shape> branches =
        List.of(Shape.of(1, 64, 28, 28), Shape.of(1, 128, 28, 28), Shape.of(1, 32, 28, 28));
    assertEquals(Shape.of(1, 224, 28, 28), new Concat(1).outputShape(branches));
    assertEquals(Shape.of(1, 224, 28, 28), new Concat(-3).outputShape(branches));
    assertEquals(new Cost(0, 0, 4 * 2 * 224 * 28 * 28), new Concat(1).cost(branches));
  }

  @Test
  void concatOfOneIsACopyAndMayHoldNothing() {
    assertEquals(Shape.of(2, 3), new Concat(0).outputShape(List.of(Shape.of(2, 3))));
    assertEquals(
        Shape.of(2, 3), new Concat(0).outputShape(List.of(Shape.of(0, 3), Shape.of(2, 3))));
  }

  @Test
  void concatRefusesWhatDoesNotFit() {
    Shape first = Shape.of(1, 64, 28, 28);
    assertRefused(
        () -> new Concat(1).outputShape(List.of(first, Shape.of(1, 64, 28, 27))),
        "axis 1",
        "1×64×28×28",
        "1×64×28×27");
    assertRefused(
        () -> new Concat(1).outputShape(List.of(first, Shape.of(1, 64, 28))), "1×64×28×28");
    assertRefused(() -> new Concat(4).outputShape(List.of(first)), "axis 4", "rank 4");
    assertRefused(() -> new Concat(1).outputShape(List.of()), "concat takes at least 1 input");
  }

  @Test
  void concatRefusesAnAxisOverTheLimit() {
    Shape half = Shape.of(1 << 30);
    assertRefused(
        () -> new Concat(0).outputShape(List.of(half, half)),
        "size " + (1L << 31),
        "limit " + Integer.MAX_VALUE);
  }

  @Test
  void addAndMulBroadcast() {
    List<Shape> scaled = List.of(Shape.of(2, 3, 5, 7), Shape.of(3, 1, 1));
    assertEquals(Shape.of(2, 3, 5, 7), new Add().outputShape(scaled));
    assertEquals(Shape.of(2, 3, 5, 7), new Mul().outputShape(scaled.reversed()));
    assertEquals(new Cost(0, 0, 4 * (210 + 3 + 210)), new Mul().cost(scaled));
  }

  @Test
  void addAndMulTakeTwo() {
    Shape shape = Shape.of(2, 3);
    assertRefused(() -> new Add().outputShape(List.of(shape)), "add takes 2 inputs, got 1");
    assertRefused(
        () -> new Mul().outputShape(List.of(shape, shape, shape)), "mul takes 2 inputs, got 3");
    assertRefused(
        () -> new Add().outputShape(List.of(shape, Shape.of(3, 2))),
        "add: shapes 2×3 and 3×2 do not broadcast");
  }

  @Test
  void costsThatOverflowAreRefused() {
    Shape large = Shape.of(1 << 30, 1 << 30);
    assertRefused(() -> new Add().cost(List.of(large, large)), "number of bytes overflows");
  }
}
