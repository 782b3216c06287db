// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import org.junit.jupiter.api.Test;

class OutputSummaryTest {
  private static OutputSummary of(float... values) {
    return OutputSummary.of(TypedTensor.of(Tensor.of(Shape.of(values.length), values)));
  }

  @Test
  void numbersAreSummedUp() {
    assertEquals(new OutputSummary(-2, 4, 1, 0), of(1, -2, 4));
    TypedTensor integers = TypedTensor.of(ElementType.INT64, Shape.of(2), 3, 5);
    assertEquals(new OutputSummary(3, 5, 4, 0), OutputSummary.of(integers));
  }

  @Test
  void whatIsNoNumberIsCounted() {
    assertEquals(new OutputSummary(1, 2, Double.NaN, 1), of(1, Float.NaN, 2));
    assertEquals(new OutputSummary(Double.NaN, Double.NaN, Double.NaN, 1), of(Float.NaN));
    assertEquals(new OutputSummary(Double.NaN, Double.NaN, Double.NaN, 0), of());
  }
}
