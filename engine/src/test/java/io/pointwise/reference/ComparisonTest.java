// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cpu.scalar.Field;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private static Expected expected(Shape shape, double bound, double... values) {
    Field field = Field.tracked(shape);
    for (int i = 0; i < values.length; i++) {
      field.set(i, values[i], bound);
    }
    return new Expected(field);
  }

  private static Comparison compare(double expected, double bound, float actual) {
    Shape one = Shape.of(1);
    return Comparison.of(Tensor.of(one, actual), expected(one, bound, expected));
  }

  @Test
  void acceptsWhatIsWithinTheBoundAndNothingElse() {
    assertTrue(compare(1, 0.125, 1.125f).ok());
    assertFalse(compare(1, 0.125, 1.1250001f).ok());
    assertTrue(compare(1, 0, 1).ok());
  }

  @Test
  void nanPassesOnlyForNan() {
    assertTrue(compare(Double.NaN, 0, NAN).ok());
    assertFalse(compare(Double.NaN, 0, 1).ok());
    assertFalse(compare(Double.NaN, 0, INFINITY).ok());
    assertFalse(compare(1, Double.POSITIVE_INFINITY, NAN).ok());
  }

  @Test
  void infinitiesMustBeEqual() {
    assertTrue(compare(Double.POSITIVE_INFINITY, 0, INFINITY).ok());
    assertFalse(compare(Double.POSITIVE_INFINITY, 0, -INFINITY).ok());
    assertFalse(compare(Double.POSITIVE_INFINITY, 0, Float.MAX_VALUE).ok());
    assertFalse(compare(1, Double.POSITIVE_INFINITY, -INFINITY).ok());
  }

  @Test
  void whatFloat32CannotHoldMayOverflow() {
    assertTrue(compare(1e39, 1e30, INFINITY).ok());
    assertFalse(compare(1e39, 1e30, -INFINITY).ok());
    assertFalse(compare(1e38, 1e30, INFINITY).ok());
  }

  @Test
  void exactDemandsTheRoundedValueWhateverTheBound() {
    Shape one = Shape.of(1);
    Expected third = expected(one, 1, 1.0 / 3);
    assertTrue(Comparison.exact(Tensor.of(one, 1f / 3), third).ok());
    assertFalse(Comparison.exact(Tensor.of(one, Math.nextUp(1f / 3)), third).ok());
    assertTrue(Comparison.exact(Tensor.of(one, NAN), expected(one, 1, Double.NaN)).ok());
    assertFalse(Comparison.exact(Tensor.of(one, NAN), third).ok());
  }

  @Test
  void describesTheWorstElementByItsPlace() {
    Shape shape = Shape.of(1, 2, 2, 2);
    Tensor actual = Tensor.of(shape, 1, 2, 3, 4, 5, 6.5f, 7, 8.25f);
    Comparison comparison = Comparison.of(actual, expected(shape, 0.25, 1, 2, 3, 4, 5, 6, 7, 8));
    assertFalse(comparison.ok());
    assertEquals(1, comparison.wrong());
    assertEquals(5, comparison.worstIndex());
    assertEquals(0.5, comparison.maxError());
    assertEquals(0.25, comparison.bound());
    assertEquals(
        "1 of 8 elements are wrong; the farthest from its bound is at [n=0, c=1, h=0, w=1]: "
            + "6.50000000 where 6.00000000 is expected, an error of 0.500 where 0.250 is allowed",
        comparison.describe());
  }

  @Test
  void theWorstIsTheOneOfTheLargestErrorForItsBound() {
    Shape shape = Shape.of(2);
    Field field = Field.tracked(shape);
    field.set(0, 100, 10);
    field.set(1, 1, 0.001);
    Comparison comparison = Comparison.of(Tensor.of(shape, 105, 1 + 0x1p-10f), new Expected(field));
    assertTrue(comparison.ok());
    assertEquals(1, comparison.worstIndex());
    assertEquals(5, comparison.maxError());
    assertEquals(0x1p-10, comparison.error());
  }

  @Test
  void findsOneWrongElementAmongMany() {
    Shape shape = Shape.of(1, 3, 200, 300);
    Tensor actual = Tensor.zeros(shape);
    Expected zeros = new Expected(Field.tracked(shape));
    assertTrue(Comparison.of(actual, zeros).ok());
    for (long i : new long[] {0, 32_767, 32_768, 99_999, 179_999}) {
      actual.set(i, NAN);
      Comparison comparison = Comparison.of(actual, zeros);
      assertFalse(comparison.ok());
      assertEquals(i, comparison.worstIndex());
      assertEquals(1, comparison.wrong());
      actual.set(i, 0);
    }
  }

  @Test
  void refusesAnotherShapeAndAcceptsNoElements() {
    Expected empty = expected(Shape.of(0, 3), 0);
    assertTrue(Comparison.of(Tensor.zeros(Shape.of(0, 3)), empty).ok());
    assertEquals(
        "nothing to compare: shape 0×3 has no elements",
        Comparison.of(Tensor.zeros(Shape.of(0, 3)), empty).describe());
    Tensor other = Tensor.zeros(Shape.of(3, 0));
    assertThrows(IllegalArgumentException.class, () -> Comparison.of(other, empty));
  }
}
