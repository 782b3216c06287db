// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import org.junit.jupiter.api.Test;

class OutputComparisonTest {
  private static final Tolerance USUAL = new Tolerance(1e-3, 1e-5);

  private static TypedTensor floats(Shape shape, float... values) {
    return TypedTensor.of(Tensor.of(shape, values));
  }

  private static TypedTensor floats(float... values) {
    return floats(Shape.of(values.length), values);
  }

  private static TypedTensor integers(ElementType type, long... values) {
    return TypedTensor.of(type, Shape.of(values.length), values);
  }

  private static OutputComparison compare(TypedTensor actual, TypedTensor expected) {
    return OutputComparison.of(actual, expected, USUAL);
  }

  private static String difference(TypedTensor actual, TypedTensor expected) {
    return String.valueOf(compare(actual, expected).difference());
  }

  @Test
  void numbersWithinTheToleranceAreEqual() {
    OutputComparison comparison = compare(floats(1.0005f, -2), floats(1, -2));
    assertNull(comparison.difference());
    assertEquals(1.0005f - 1, comparison.maxError());
  }

  @Test
  void theWorstElementIsTold() {
    Shape shape = Shape.of(1, 2, 2);
    OutputComparison comparison =
        compare(floats(shape, 1, 2.5f, 3.5f, 1000.5f), floats(shape, 1, 2, 3, 1000));
    assertEquals(
        "2 of 4 elements wrong, the worst at [0, 0, 1]: 2.50000000 where 2.00000000 is expected",
        comparison.difference());
    assertEquals(0.5, comparison.maxError());
  }

  @Test
  void notANumberIsWorseThanAnyNumber() {
    OutputComparison comparison = compare(floats(100, Float.NaN, 1), floats(1, 1, 1));
    assertEquals(
        "2 of 3 elements wrong, the worst at [1]: NaN where 1.00000000 is expected",
        comparison.difference());
    assertNull(comparison.maxError());
    assertEquals(
        "1 of 1 elements wrong, the worst at [0]: Infinity where -Infinity is expected",
        difference(floats(Float.POSITIVE_INFINITY), floats(Float.NEGATIVE_INFINITY)));
  }

  @Test
  void notANumberAndInfinityMayBeExpected() {
    TypedTensor special = floats(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    assertEquals(new OutputComparison(null, 0.0), compare(special, special));
  }

  @Test
  void integersAndBooleansMustBeEqual() {
    TypedTensor large = integers(ElementType.INT64, 1_000_000, 5);
    assertEquals(new OutputComparison(null, 0.0), compare(large, large));
    OutputComparison comparison = compare(integers(ElementType.INT64, 1_000_001, 5), large);
    assertEquals(
        "1 of 2 elements wrong, the worst at [0]: 1000001 where 1000000 is expected",
        comparison.difference());
    assertEquals(1.0, comparison.maxError());
    assertEquals(
        "1 of 2 elements wrong, the worst at [1]: 1 where 0 is expected",
        difference(integers(ElementType.BOOL, 1, 1), integers(ElementType.BOOL, 1, 0)));
  }

  @Test
  void integersThatAreEqualAsFloatsStillDiffer() {
    long large = 1L << 60;
    assertEquals(
        "1 of 1 elements wrong, the worst at [0]: 1152921504606846977 where 1152921504606846976 is"
            + " expected",
        difference(integers(ElementType.INT64, large + 1), integers(ElementType.INT64, large)));
  }

  @Test
  void halvesAndDoublesAreComparedAsNumbers() {
    for (ElementType type : new ElementType[] {ElementType.FLOAT16, ElementType.DOUBLE}) {
      TypedTensor expected = TypedTensor.of(type, Shape.of(1), 1.0);
      assertNull(compare(TypedTensor.of(type, Shape.of(1), 1.0009765625), expected).difference());
    }
  }

  @Test
  void typesMustBeEqual() {
    OutputComparison comparison = compare(floats(1), integers(ElementType.INT32, 1));
    assertEquals("type float32 where int32 is expected", comparison.difference());
    assertNull(comparison.maxError());
  }

  @Test
  void shapesMustBeEqual() {
    assertEquals(
        "shape 1×2 where 2 is expected", difference(floats(Shape.of(1, 2), 1, 2), floats(1, 2)));
    assertEquals("shape scalar where 1 is expected", difference(floats(Shape.of(), 1), floats(1)));
  }

  @Test
  void emptyTensorsAreEqual() {
    Shape empty = Shape.of(0, 3);
    assertEquals(new OutputComparison(null, 0.0), compare(floats(empty), floats(empty)));
  }
}
