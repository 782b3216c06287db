// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Activation functions by cases worked by hand. */
class FunctionsTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final double E = Math.E;

  private static float[] apply(ActivationFunction function, float... x) {
    return Evaluation.of(new Activation(function), Tensor.of(Shape.of(x.length), x)).toArray();
  }

  private static void assertClose(float[] actual, double... expected) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      if (Double.isNaN(expected[i]) || Double.isInfinite(expected[i])) {
        assertEquals((float) expected[i], actual[i], "element " + i);
        continue;
      }
      // The spacing of floats about the expected number.
      assertEquals(expected[i], actual[i], Math.ulp((float) expected[i]), "element " + i);
    }
  }

  @Test
  void scaledAndContinuousExponentials() {
    float[] x = {-1, 0, 2, -INFINITY, NAN};
    assertClose(apply(new ActivationFunction.Selu(2, 3), x), 6 * (1 / E - 1), 0, 6, -6, Double.NaN);
    assertClose(
        apply(new ActivationFunction.Celu(2), x), 2 * (Math.exp(-0.5) - 1), 0, 2, -2, Double.NaN);
    // min(α·(exp(x/α) − 1), 0) of a negative α is the negative half again, and steeper.
    assertClose(apply(new ActivationFunction.Celu(-1), -1, 2), 1 - E, 2);
  }

  @Test
  void thresholdedReluKeepsWhatIsOverTheThreshold() {
    assertArrayEquals(
        new float[] {0, 0, 1.5f, INFINITY, 0, NAN},
        apply(new ActivationFunction.ThresholdedRelu(1), -2, 1, 1.5f, INFINITY, -INFINITY, NAN));
    assertArrayEquals(
        new float[] {0, 0, -0.5f},
        apply(new ActivationFunction.ThresholdedRelu(-1), -2, -1, -0.5f));
  }

  @Test
  void softplusAndSoftsign() {
    assertClose(
        apply(new ActivationFunction.Softplus(), 0, 1, -20, 100, -INFINITY, INFINITY, NAN),
        Math.log(2),
        Math.log(1 + E),
        2.0611536181902037e-09,
        100,
        0,
        INFINITY,
        NAN);
    assertClose(
        apply(new ActivationFunction.Softsign(), 0, 1, -3, 1e9f, NAN), 0, 0.5, -0.75, 1, NAN);
  }

  @Test
  void gatedFunctions() {
    double mish = (Math.pow(1 + E, 2) - 1) / (Math.pow(1 + E, 2) + 1);
    assertClose(apply(new ActivationFunction.Mish(), 0, 1, 50, -1000, NAN), 0, mish, 50, 0, NAN);
    assertClose(
        apply(new ActivationFunction.Swish(1), 0, 1, -1, 200, -200, NAN),
        0,
        E / (1 + E),
        -1 / (1 + E),
        200,
        0,
        NAN);
    assertClose(apply(new ActivationFunction.Swish(2), 0.5f), 0.5 * E / (1 + E));
    // Φ(1) and Φ(−3) of the normal distribution.
    assertClose(
        apply(new ActivationFunction.Gelu(false), 0, 1, -3, 40, NAN),
        0,
        0.8413447460685429,
        -3 * 0.0013498980316300946,
        40,
        NAN);
    double tanh = Math.tanh(0.7978845608028654 * 1.044715);
    assertClose(
        apply(new ActivationFunction.Gelu(true), 0, 1, 40, NAN), 0, (1 + tanh) / 2, 40, NAN);
  }

  @Test
  void elementaryFunctions() {
    float[] x = {1, 4, 0, -INFINITY, INFINITY, NAN};
    assertClose(apply(new ActivationFunction.Exp(), x), E, Math.exp(4), 1, 0, INFINITY, NAN);
    assertClose(
        apply(new ActivationFunction.Log(), x), 0, Math.log(4), -INFINITY, NAN, INFINITY, NAN);
    assertClose(apply(new ActivationFunction.Sqrt(), x), 1, 2, 0, NAN, INFINITY, NAN);
    assertClose(apply(new ActivationFunction.Reciprocal(), x), 1, 0.25, INFINITY, -0.0, 0, NAN);
    assertClose(
        apply(new ActivationFunction.Erf(), x),
        0.8427007929497149,
        0.9999999845827421,
        0,
        -1,
        1,
        NAN);
    assertClose(
        apply(new ActivationFunction.Abs(), -1, 4, -0f, -INFINITY, NAN), 1, 4, 0, INFINITY, NAN);
    assertClose(apply(new ActivationFunction.Affine(-2, 0.5f), -1, 4, NAN), 2.5, -7.5, NAN);
  }

  @Test
  void wholeNumbers() {
    float[] x = {-1.5f, -0.5f, 0.5f, 1.5f, 3, -INFINITY, NAN};
    assertClose(apply(new ActivationFunction.Floor(), x), -2, -1, 0, 1, 3, -INFINITY, NAN);
    assertClose(apply(new ActivationFunction.Ceil(), x), -1, -0.0, 1, 2, 3, -INFINITY, NAN);
    assertClose(apply(new ActivationFunction.Truncate(), x), -1, -0.0, 0, 1, 3, -INFINITY, NAN);
    assertClose(
        apply(new ActivationFunction.NotZero(), -1.5f, 0, -0f, 1e-30f, NAN), 1, 0, 0, 1, NAN);
  }

  @Test
  void narrowIntegersWrapAround() {
    assertClose(
        apply(new ActivationFunction.WrapInteger(8, true), 127, 128, -128, -129, 300, NAN),
        127,
        -128,
        -128,
        127,
        44,
        NAN);
    assertClose(
        apply(new ActivationFunction.WrapInteger(8, false), 255, 256, -1, 1000), 255, 0, 255, 232);
    assertClose(
        apply(new ActivationFunction.WrapInteger(16, true), 32768, -32769, 65535),
        -32768,
        32767,
        -1);
    assertClose(
        apply(new ActivationFunction.WrapInteger(16, false), 65536, -1, 16777215), 0, 65535, 65535);
  }

  @Test
  void wideIntegersAreRightOrNan() {
    float limit = 1 << 24;
    for (int bits : new int[] {32, 64}) {
      assertClose(
          apply(
              new ActivationFunction.WrapInteger(bits, true),
              limit - 1,
              limit,
              -5,
              1 - limit,
              -limit),
          limit - 1,
          NAN,
          -5,
          1 - limit,
          NAN);
      assertClose(
          apply(new ActivationFunction.WrapInteger(bits, false), limit - 1, limit, -1, 0),
          limit - 1,
          NAN,
          NAN,
          0);
    }
    assertClose(apply(new ActivationFunction.WrapInteger(8, false), limit, -limit), NAN, NAN);
  }
}
