// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.ActivationFunction.Clip;
import io.pointwise.layer.ActivationFunction.Elu;
import io.pointwise.layer.ActivationFunction.HardSigmoid;
import io.pointwise.layer.ActivationFunction.HardSwish;
import io.pointwise.layer.ActivationFunction.LeakyRelu;
import io.pointwise.layer.ActivationFunction.Relu;
import io.pointwise.layer.ActivationFunction.Sigmoid;
import io.pointwise.layer.ActivationFunction.Tanh;
import io.pointwise.layer.Add;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Dropout;
import io.pointwise.layer.Flatten;
import io.pointwise.layer.Mul;
import io.pointwise.layer.PRelu;
import io.pointwise.layer.Reshape;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ElementwiseTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private static float[] apply(ActivationFunction function, float... x) {
    return Evaluation.of(new Activation(function), Tensor.of(Shape.of(x.length), x)).toArray();
  }

  @Test
  void piecewiseLinearFunctions() {
    float[] x = {-2, -0.5f, 0, 0.5f, 7, -INFINITY, INFINITY, NAN};
    assertArrayEquals(new float[] {0, 0, 0, 0.5f, 7, 0, INFINITY, NAN}, apply(new Relu(), x));
    assertArrayEquals(new float[] {0, 0, 0, 0.5f, 6, 0, 6, NAN}, apply(new Clip(0, 6), x));
    assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1, 1, NAN}, apply(new Clip(3, 1), x));
    assertArrayEquals(
        new float[] {-0.5f, -0.125f, 0, 0.5f, 7, -INFINITY, INFINITY, NAN},
        apply(new LeakyRelu(0.25f), x));
    assertArrayEquals(
        new float[] {0, 0.25f, 0.5f, 0.75f, 1, 0, 1, NAN}, apply(new HardSigmoid(0.5f, 0.5f), x));
  }

  @Test
  void hardSwishIsZeroBelowMinusThreeAndTheIdentityAboveThree() {
    assertArrayEquals(
        new float[] {-0f, -0f, -0.375f, 0, 2f / 3, 3, 10, NAN},
        apply(new HardSwish(), -4, -3, -1.5f, 0, 1, 3, 10, NAN),
        1e-7f);
  }

  @Test
  void hardSwishOfMinusInfinityIsTheProductWithZeroThatItsFormulaSays() {
    assertArrayEquals(new float[] {NAN, INFINITY}, apply(new HardSwish(), -INFINITY, INFINITY));
  }

  @Test
  void smoothFunctions() {
    float[] x = {-100, -1, 0, 1, 100, NAN};
    assertArrayEquals(
        new float[] {0, 0.2689414f, 0.5f, 0.7310586f, 1, NAN}, apply(new Sigmoid(), x), 1e-7f);
    assertArrayEquals(
        new float[] {-1, -0.7615942f, 0, 0.7615942f, 1, NAN}, apply(new Tanh(), x), 1e-7f);
    assertArrayEquals(new float[] {-2, -1.264241f, 0, 1, 100, NAN}, apply(new Elu(2), x), 2e-7f);
  }

  @Test
  void eluKeepsItsDigitsNearZero() {
    assertEquals(-1e-6f, apply(new Elu(1), -1e-6f)[0], 1e-12f);
  }

  @Test
  void pReluHasASlopeAChannelOrOneForAll() {
    Tensor x = Tensor.of(Shape.of(1, 2, 1, 2), -1, 2, -3, NAN);
    Weights two = Weights.of(Map.of(Role.SLOPE, Tensor.of(Shape.of(2), 0.5f, -1)));
    assertArrayEquals(
        new float[] {-0.5f, 2, 3, NAN}, Evaluation.of(new PRelu(true), two, x).toArray());
    Weights one = Weights.of(Map.of(Role.SLOPE, Tensor.of(Shape.of(1), 2)));
    assertArrayEquals(
        new float[] {-2, 2, -6, NAN}, Evaluation.of(new PRelu(false), one, x).toArray());
  }

  @Test
  void sumsAndProductsBroadcast() {
    Tensor column = Tensor.of(Shape.of(2, 1), 1, 2);
    Tensor row = Tensor.of(Shape.of(3), 10, 20, 30);
    Tensor sum = Evaluation.of(new Add(), column, row);
    assertEquals(Shape.of(2, 3), sum.shape());
    assertArrayEquals(new float[] {11, 21, 31, 12, 22, 32}, sum.toArray());
    assertArrayEquals(
        new float[] {10, 20, 30, 20, 40, 60}, Evaluation.of(new Mul(), column, row).toArray());
    Tensor image = Tensor.of(Shape.of(1, 2, 1, 2), 1, 2, 3, 4);
    Tensor gate = Tensor.of(Shape.of(1, 2, 1, 1), 10, 0);
    assertArrayEquals(new float[] {10, 20, 0, 0}, Evaluation.of(new Mul(), image, gate).toArray());
  }

  @Test
  void infinitiesThatMeetGiveNan() {
    Tensor a = Tensor.of(Shape.of(3), INFINITY, INFINITY, NAN);
    Tensor b = Tensor.of(Shape.of(3), -INFINITY, 1, 1);
    assertArrayEquals(new float[] {NAN, INFINITY, NAN}, Evaluation.of(new Add(), a, b).toArray());
  }

  @Test
  void concatJoinsAlongAnyAxis() {
    Tensor a = Tensor.of(Shape.of(2, 1), 1, 2);
    Tensor b = Tensor.of(Shape.of(2, 2), 3, 4, 5, 6);
    assertArrayEquals(new float[] {1, 3, 4, 2, 5, 6}, Evaluation.of(new Concat(1), a, b).toArray());
    assertArrayEquals(
        new float[] {1, 3, 4, 2, 5, 6}, Evaluation.of(new Concat(-1), a, b).toArray());
    Tensor rows = Evaluation.of(new Concat(0), b, b, b);
    assertArrayEquals(new float[] {3, 4, 5, 6, 3, 4, 5, 6, 3, 4, 5, 6}, rows.toArray());
  }

  @Test
  void flattenReshapeAndDropoutKeepEveryElement() {
    Tensor x = Tensor.of(Shape.of(1, 2, 1, 3), 1, 2, 3, 4, 5, 6);
    for (Tensor y :
        List.of(
            Evaluation.of(new Flatten(), x),
            Evaluation.of(new Reshape(3, -1), x),
            Evaluation.of(new Dropout(0.5f), x))) {
      assertArrayEquals(x.toArray(), y.toArray());
    }
  }
}
