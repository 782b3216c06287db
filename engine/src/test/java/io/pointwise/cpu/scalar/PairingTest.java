// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.layer.Constant;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Elementwise.Function;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Role;
import io.pointwise.layer.Where;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairingTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float[] A = {3, -2, 0, 5, -INFINITY, NAN, 1};
  private static final float[] B = {2, -2, 0, -INFINITY, 1, 1, NAN};

  private static float[] pair(Function function, float[] a, float[] b) {
    return Evaluation.of(
            new Elementwise(function),
            Tensor.of(Shape.of(a.length), a),
            Tensor.of(Shape.of(b.length), b))
        .toArray();
  }

  private static void assertPairs(Function function, float... expected) {
    assertArrayEquals(expected, pair(function, A, B), function.toString());
  }

  @Test
  void arithmetic() {
    assertPairs(Function.SUBTRACT, 1, 0, 0, INFINITY, -INFINITY, NAN, NAN);
    assertPairs(Function.DIVIDE, 1.5f, 1, NAN, -0f, -INFINITY, NAN, NAN);
    assertPairs(Function.MINIMUM, 2, -2, 0, -INFINITY, -INFINITY, NAN, NAN);
    assertPairs(Function.MAXIMUM, 3, -2, 0, 5, 1, NAN, NAN);
  }

  @Test
  void divisionByZeroIsInfinite() {
    assertArrayEquals(
        new float[] {INFINITY, -INFINITY},
        pair(Function.DIVIDE, new float[] {2, 2}, new float[] {0, -0f}));
  }

  @Test
  void powers() {
    assertPairs(Function.POWER, 9, 0.25f, 1, 0, -INFINITY, NAN, NAN);
    assertArrayEquals(
        new float[] {-8, 0.125f, NAN, INFINITY, 2, 1, 1, NAN, NAN},
        pair(
            Function.POWER,
            new float[] {-2, 2, -2, 0, 4, 1, -1, NAN, 1},
            new float[] {3, -3, 0.5f, -1, 0.5f, INFINITY, INFINITY, 0, NAN}));
  }

  @Test
  void comparisonsAndTruth() {
    assertPairs(Function.EQUAL, 0, 1, 1, 0, 0, 0, 0);
    assertPairs(Function.LESS, 0, 0, 0, 0, 1, 0, 0);
    assertPairs(Function.LESS_OR_EQUAL, 0, 1, 1, 0, 1, 0, 0);
    assertPairs(Function.AND, 1, 1, 0, 1, 1, 1, 1);
    assertPairs(Function.OR, 1, 1, 0, 1, 1, 1, 1);
    float[] truths = {0, 0, 1, 1};
    float[] others = {0, 7, 0, -7};
    assertArrayEquals(new float[] {0, 0, 0, 1}, pair(Function.AND, truths, others));
    assertArrayEquals(new float[] {0, 1, 1, 1}, pair(Function.OR, truths, others));
  }

  @Test
  void broadcast() {
    Tensor column = Tensor.of(Shape.of(2, 1), 1, 5);
    Tensor row = Tensor.of(Shape.of(3), 1, 2, 3);
    Layer subtract = new Elementwise(Function.SUBTRACT);
    Tensor difference = Evaluation.of(subtract, column, row);
    assertEquals(Shape.of(2, 3), difference.shape());
    assertArrayEquals(new float[] {0, -1, -2, 4, 3, 2}, difference.toArray());
    Tensor scalar = Tensor.of(Shape.of(), 2);
    assertArrayEquals(new float[] {1, 0, -1}, Evaluation.of(subtract, scalar, row).toArray());
    assertArrayEquals(new float[] {0}, Evaluation.of(subtract, scalar, scalar).toArray());
    Tensor nothing = Tensor.zeros(Shape.of(0, 3));
    assertEquals(Shape.of(0, 3), Evaluation.of(subtract, nothing, row).shape());
  }

  @Test
  void whereChooses() {
    Tensor condition = Tensor.of(Shape.of(2, 1), 1, 0);
    Tensor yes = Tensor.of(Shape.of(3), 1, 2, NAN);
    Tensor no = Tensor.of(Shape.of(), -1);
    assertArrayEquals(
        new float[] {1, 2, NAN, -1, -1, -1},
        Evaluation.of(new Where(), condition, yes, no).toArray());
    Tensor odd = Tensor.of(Shape.of(3), -0f, NAN, -5);
    assertArrayEquals(
        new float[] {-1, NAN, NAN}, Evaluation.of(new Where(), odd, yes, no).toArray());
    assertEquals(
        Shape.of(0), Evaluation.of(new Where(), Tensor.zeros(Shape.of(0)), no, no).shape());
  }

  @Test
  void aConstantIsItsValue() {
    Tensor value = Tensor.of(Shape.of(2, 2), 1, -INFINITY, NAN, 4);
    Field output = Field.tracked(Shape.of(2, 2));
    ScalarOperations.of(
            new Constant(Shape.of(2, 2)),
            List.of(),
            Shape.of(2, 2),
            Map.of(Role.VALUE, Field.of(value)),
            Allowance.none(0),
            Bounds.WORKERS)
        .run(List.of(), output);
    for (int i = 0; i < 4; i++) {
      assertEquals(value.get(i), (float) output.value(i));
      assertEquals(0, output.error(i));
    }
  }
}
