// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Constant;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Linear;
import io.pointwise.layer.PRelu;
import io.pointwise.layer.Role;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeInitializerTest {
  private static final Shape IMAGE = Shape.of(1, 64, 8, 8);

  private static float[] make(long seed, String name, Layer layer, Shape input, Role role) {
    return new HeInitializer(seed)
        .initialize(name, layer, layer.weights(List.of(input)))
        .get(role)
        .toArray();
  }

  private static float[] filters(long seed, String name) {
    return make(seed, name, new Conv2d(128, Window.square(3)), IMAGE, Role.WEIGHT);
  }

  /**
   * Of {@code count} normal values of variance v the mean has the standard deviation √(v/count),
   * and the mean square has v·√(2/count). Five of these are exceeded once in two million seeds, and
   * the seed here is fixed.
   */
  private static void assertNormal(double variance, float[] values) {
    int count = values.length;
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    assertEquals(0, sum / count, 5 * Math.sqrt(variance / count));
    assertEquals(variance, squares / count, 5 * variance * Math.sqrt(2.0 / count));
    int withinOne = count(values, Math.sqrt(variance));
    // P(|x| < σ) = 0.6827 for a normal distribution; the count is binomial.
    double p = 0.682689492;
    assertEquals(p * count, withinOne, 5 * Math.sqrt(p * (1 - p) * count));
  }

  private static int count(float[] values, double below) {
    int count = 0;
    for (float value : values) {
      if (Math.abs(value) < below) {
        count++;
      }
    }
    return count;
  }

  @Test
  void filtersAreNormalWithTwoOverTheFanIn() {
    assertNormal(2.0 / (64 * 9), filters(1, "conv"));
  }

  @Test
  void theFanInOfAGroupedConvolutionIsThatOfOneGroup() {
    Layer grouped = new Conv2d(512, Window.square(5), 16, false);
    assertNormal(2.0 / (4 * 25), make(2, "grouped", grouped, IMAGE, Role.WEIGHT));
    Layer depthwise = new Conv2d(64, Window.square(11).padSame(), 64, false);
    assertNormal(2.0 / 121, make(3, "depthwise", depthwise, IMAGE, Role.WEIGHT));
  }

  @Test
  void theFanInOfALinearLayerIsItsInputs() {
    Layer linear = new Linear(100, true);
    assertNormal(2.0 / 300, make(4, "linear", linear, Shape.of(1, 300), Role.WEIGHT));
  }

  /**
   * An output of stride 2 sees a quarter of the 4×4 taps, of the 64/2 input channels of its group.
   */
  @Test
  void theFanInOfATransposedConvolutionIsWhatOneOutputSees() {
    Layer transposed = new ConvTranspose2d(24, Window.square(4).stride(2), 0, 0, 2, true);
    assertNormal(2.0 / (32 * 4), make(5, "up", transposed, IMAGE, Role.WEIGHT));
  }

  @Test
  void theSameSeedAndNameGiveTheSameWeights() {
    assertArrayEquals(filters(1, "conv"), filters(1, "conv"));
  }

  @Test
  void anotherSeedOrNameGivesOtherWeights() {
    float[] filters = filters(1, "conv");
    assertFalse(Arrays.equals(filters, filters(2, "conv")));
    assertFalse(Arrays.equals(filters, filters(1, "conv-2")));
  }

  /** The hash codes of these names differ by 31, as the seeds do by one. */
  @Test
  void aSeedDoesNotOnlyShiftTheNames() {
    assertEquals(31, "b0".hashCode() - "a0".hashCode());
    assertFalse(Arrays.equals(filters(2, "a0"), filters(1, "b0")));
    assertFalse(Arrays.equals(filters(32, "a0"), filters(1, "b0")));
  }

  @Test
  void biasesAreZero() {
    Layer conv = Conv2d.pointwise(5);
    assertArrayEquals(new float[5], make(1, "conv", conv, IMAGE, Role.BIAS));
  }

  @Test
  void batchNormBeginsAsTheIdentity() {
    Layer norm = new BatchNorm(1e-5f);
    Shape input = Shape.of(1, 3, 2, 2);
    assertArrayEquals(new float[] {1, 1, 1}, make(1, "bn", norm, input, Role.SCALE));
    assertArrayEquals(new float[] {0, 0, 0}, make(1, "bn", norm, input, Role.SHIFT));
    assertArrayEquals(new float[] {0, 0, 0}, make(1, "bn", norm, input, Role.MEAN));
    assertArrayEquals(new float[] {1, 1, 1}, make(1, "bn", norm, input, Role.VARIANCE));
  }

  @Test
  void slopesAreAQuarter() {
    Shape input = Shape.of(1, 2, 2, 2);
    assertArrayEquals(
        new float[] {0.25f, 0.25f}, make(1, "prelu", new PRelu(true), input, Role.SLOPE));
  }

  @Test
  void constantsAreZero() {
    Network network =
        Network.builder("net")
            .input("x", IMAGE)
            .layer("c", new Constant(Shape.of(2)), List.of())
            .build(1);
    assertArrayEquals(new float[2], network.node("c").weights().get(Role.VALUE).toArray());
  }

  @Test
  void everyValueIsFinite() {
    for (float value : filters(9, "conv")) {
      assertTrue(Float.isFinite(value));
    }
  }
}
