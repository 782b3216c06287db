// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.layer.MatMul;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import org.junit.jupiter.api.Test;

class StackedMatricesTest {
  @Test
  void everyMatrixIsMultipliedWithItsPartner() {
    Tensor a = Tensor.of(Shape.of(2, 1, 2, 2), 1, 2, 3, 4, 0, 1, 1, 0);
    Tensor b = Tensor.of(Shape.of(2, 2, 1), 1, 1, 10, 20);
    Tensor product = Evaluation.of(new MatMul(), a, b);
    assertEquals(Shape.of(2, 2, 2, 1), product.shape());
    assertArrayEquals(new float[] {3, 7, 50, 110, 1, 1, 20, 10}, product.toArray());
  }

  @Test
  void sumsOfNothingAreZero() {
    Tensor a = Tensor.zeros(Shape.of(2, 0));
    Tensor b = Tensor.zeros(Shape.of(0, 3));
    assertArrayEquals(new float[6], Evaluation.of(new MatMul(), a, b).toArray());
    assertEquals(
        Shape.of(0, 0),
        Evaluation.of(new MatMul(), Tensor.zeros(Shape.of(0, 2)), Tensor.zeros(Shape.of(2, 0)))
            .shape());
  }

  @Test
  void rowsMeetColumns() {
    Tensor a = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    Tensor b = Tensor.of(Shape.of(3, 2), 1, 0, 0, 1, -1, 2);
    assertArrayEquals(new float[] {-2, 8, -2, 17}, Evaluation.of(new MatMul(), a, b).toArray());
  }
}
