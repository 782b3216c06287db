// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReshapeTest {
  private static Shape reshape(Shape shape, int... dims) {
    return new Reshape(dims).outputShape(List.of(shape));
  }

  @Test
  void keepsTheElements() {
    assertEquals(Shape.of(6, 35), reshape(Shape.of(2, 3, 5, 7), 6, 35));
    assertEquals(Shape.of(), reshape(Shape.of(1, 1)));
    assertEquals(Shape.of(1, 1), reshape(Shape.of(), 1, 1));
  }

  @Test
  void infersOneDimension() {
    assertEquals(Shape.of(2, 105), reshape(Shape.of(2, 3, 5, 7), 2, -1));
    assertEquals(Shape.of(210), reshape(Shape.of(2, 3, 5, 7), -1));
    assertEquals(Shape.of(1), reshape(Shape.of(), -1));
  }

  @Test
  void zeroKeepsTheDimensionAtItsPlace() {
    assertEquals(Shape.of(2, 3, 35), reshape(Shape.of(2, 3, 5, 7), 0, 0, -1));
    assertRefused(
        () -> reshape(Shape.of(2, 3), 2, 3, 0), "[2, 3, 0]", "place 2", "outside shape 2×3");
  }

  @Test
  void mayBeEmpty() {
    assertEquals(Shape.of(0, 3), reshape(Shape.of(0, 3, 1), -1, 3));
    assertEquals(Shape.of(0, 7), reshape(Shape.of(0, 3), 0, 7));
  }

  @Test
  void cannotInferADimensionNextToAZero() {
    assertRefused(() -> reshape(Shape.of(0, 3), 0, -1), "[0, -1]", "0×3");
  }

  @Test
  void refusesAnotherNumberOfElements() {
    assertRefused(() -> reshape(Shape.of(2, 3), 7), "[7]", "2×3 has 6 elements");
    assertRefused(() -> reshape(Shape.of(7), 2, -1), "[2, -1]", "7 has 7 elements");
    assertRefused(() -> reshape(Shape.of(2, 3)), "[]", "2×3 has 6 elements");
  }

  @Test
  void refusesWhatIsNoDimension() {
    assertRefused(() -> new Reshape(2, -2), "-2", "at least -1");
    assertRefused(() -> new Reshape(-1, 3, -1), "[-1, 3, -1]", "more than one -1");
  }

  @Test
  void refusesADimensionOverTheLimit() {
    assertRefused(() -> reshape(Shape.of(1 << 16, 1 << 16), -1), "[-1]", (1L << 32) + " elements");
    int max = Integer.MAX_VALUE;
    assertRefused(() -> reshape(Shape.of(2, 3), max, max, max), "overflows");
  }

  @Test
  void doesNotFollowTheListThatItWasMadeOf() {
    List<Integer> dims = new ArrayList<>(List.of(6));
    Reshape reshape = new Reshape(dims);
    dims.set(0, 5);
    assertEquals(Shape.of(6), reshape.outputShape(List.of(Shape.of(2, 3))));
  }

  @Test
  void zeroMayMeanNothing() {
    Reshape nothing = new Reshape(List.of(3, 0), true);
    assertEquals(Shape.of(3, 0), nothing.outputShape(List.of(Shape.of(0, 5))));
    assertRefused(() -> nothing.outputShape(List.of(Shape.of(3, 5))), "3×5 has 15 elements");
    assertEquals(Shape.of(0, 2), Reshape.to(Shape.of(0, 2)).outputShape(List.of(Shape.of(7, 0))));
    assertEquals(Shape.of(), Reshape.to(Shape.of()).outputShape(List.of(Shape.of(1, 1))));
  }
}
