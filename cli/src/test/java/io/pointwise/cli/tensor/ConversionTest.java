// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import org.junit.jupiter.api.Test;

class ConversionTest {
  private static final Shape TWO = Shape.of(2);

  private static TypedTensor to(ElementType wanted, TypedTensor given) {
    return Conversion.to(wanted, given, "a.npy", "x");
  }

  private static TypedTensor doubles(double... values) {
    return TypedTensor.of(ElementType.DOUBLE, TWO, values);
  }

  private static TypedTensor longs(long... values) {
    return TypedTensor.of(ElementType.INT64, TWO, values);
  }

  @Test
  void theSameTypeIsLeftAlone() {
    TypedTensor given = doubles(1, 2);
    assertSame(given, to(ElementType.DOUBLE, given));
  }

  @Test
  void floatingPointNumbersAreRounded() {
    TypedTensor floats = to(ElementType.FLOAT, doubles(0.1, 1e300));
    assertEquals(ElementType.FLOAT, floats.type());
    assertEquals(0.1f, floats.value(0));
    assertEquals(Double.POSITIVE_INFINITY, floats.value(1));
    assertEquals(ElementType.FLOAT16, to(ElementType.FLOAT16, doubles(0.5, 1)).type());
    assertEquals(0.5, to(ElementType.DOUBLE, to(ElementType.FLOAT, doubles(0.5, 1))).value(0));
  }

  @Test
  void integersBecomeFloatsWhereAllOfThatSizeAreExact() {
    assertEquals(16_777_216, to(ElementType.FLOAT, longs(16_777_216, -16_777_216)).value(0));
    assertEquals(
        "a.npy holds int64, and input x of the model takes float32: 16777217 is not one",
        refusal(ElementType.FLOAT, longs(0, 16_777_217)));
    assertEquals(2048, to(ElementType.FLOAT16, longs(2048, 0)).value(0));
    assertThrows(CommandFailure.class, () -> to(ElementType.FLOAT16, longs(65536, 0)));
  }

  @Test
  void onlyWholeNumbersInRangeBecomeIntegers() {
    assertEquals(255, to(ElementType.UINT8, doubles(255, 0)).integer(0));
    assertEquals(-128, to(ElementType.INT8, longs(-128, 127)).integer(0));
    assertEquals(1, to(ElementType.BOOL, longs(1, 0)).integer(0));
    assertTrue(refusal(ElementType.UINT8, doubles(0.5, 0)).endsWith(": 0.5 is not one"));
    assertThrows(CommandFailure.class, () -> to(ElementType.UINT8, longs(256, 0)));
    assertThrows(CommandFailure.class, () -> to(ElementType.UINT8, longs(-1, 0)));
    assertThrows(CommandFailure.class, () -> to(ElementType.BOOL, longs(2, 0)));
    assertThrows(CommandFailure.class, () -> to(ElementType.INT64, doubles(Double.NaN, 0)));
    assertThrows(CommandFailure.class, () -> to(ElementType.INT32, longs(1L << 31, 0)));
  }

  @Test
  void largeUnsignedNumbersDoNotBecomeNegative() {
    TypedTensor large = TypedTensor.of(ElementType.UINT64, TWO, -1, 0);
    assertThrows(CommandFailure.class, () -> to(ElementType.INT64, large));
    assertThrows(CommandFailure.class, () -> to(ElementType.FLOAT, large));
  }

  private static String refusal(ElementType wanted, TypedTensor given) {
    CommandFailure failure = assertThrows(CommandFailure.class, () -> to(wanted, given));
    return String.valueOf(failure.getMessage());
  }
}
