// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.GroupNorm;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.Role;
import io.pointwise.layer.Softmax;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NormalizationTest {
  private static final float[] SOFTMAX_OF_0_1_2 = {0.09003057f, 0.2447285f, 0.665241f};
  private static final float[] LOG_SOFTMAX_OF_0_1_2 = {-2.407606f, -1.407606f, -0.407606f};

  @Test
  void batchNormScalesAndShiftsEachChannel() {
    Tensor x = Tensor.of(Shape.of(1, 2, 1, 2), 5, 3, 1, Float.NaN);
    Shape channels = Shape.of(2);
    Weights weights =
        Weights.of(
            Map.of(
                Role.SCALE, Tensor.of(channels, 2, -3),
                Role.SHIFT, Tensor.of(channels, 1, 10),
                Role.MEAN, Tensor.of(channels, 3, 0),
                Role.VARIANCE, Tensor.of(channels, 4, 9)));
    assertArrayEquals(
        new float[] {3, 1, 9, Float.NaN}, Evaluation.of(new BatchNorm(0), weights, x).toArray());
  }

  @Test
  void responseNormDividesByNeighbouringChannels() {
    Tensor x = Tensor.of(Shape.of(1, 3, 1, 1), 1, 2, 3);
    assertArrayEquals(
        new float[] {1f / 6, 2f / 15, 3f / 14},
        Evaluation.of(new LocalResponseNorm(3, 3, 1, 1), x).toArray(),
        1e-8f);
  }

  @Test
  void responseNormOfEvenSizeReachesFartherUp() {
    Tensor x = Tensor.of(Shape.of(1, 3, 1, 1), 1, 2, 3);
    assertArrayEquals(
        new float[] {1f / 6, 2f / 14, 3f / 10},
        Evaluation.of(new LocalResponseNorm(2, 2, 1, 1), x).toArray(),
        1e-8f);
  }

  @Test
  void softmaxOfLargeNumbersIsStable() {
    Tensor x = Tensor.of(Shape.of(2, 3), 0, 1, 2, 10_000, 10_001, 10_002);
    float[] twice = new float[6];
    System.arraycopy(SOFTMAX_OF_0_1_2, 0, twice, 0, 3);
    System.arraycopy(SOFTMAX_OF_0_1_2, 0, twice, 3, 3);
    assertArrayEquals(twice, Evaluation.of(new Softmax(1), x).toArray(), 1e-7f);
    System.arraycopy(LOG_SOFTMAX_OF_0_1_2, 0, twice, 0, 3);
    System.arraycopy(LOG_SOFTMAX_OF_0_1_2, 0, twice, 3, 3);
    assertArrayEquals(twice, Evaluation.of(new Softmax(1, true), x).toArray(), 3e-7f);
  }

  @Test
  void softmaxRunsAlongTheAxisThatItIsGiven() {
    Tensor x = Tensor.of(Shape.of(3, 2), 0, 5, 1, 5, 2, 5);
    float third = 1f / 3;
    float[] expected = {
      SOFTMAX_OF_0_1_2[0], third, SOFTMAX_OF_0_1_2[1], third, SOFTMAX_OF_0_1_2[2], third
    };
    assertArrayEquals(expected, Evaluation.of(new Softmax(0), x).toArray(), 1e-7f);
    assertArrayEquals(expected, Evaluation.of(new Softmax(-2), x).toArray(), 1e-7f);
  }

  @Test
  void softmaxOfMinusInfinityIsZeroAndNanSpreadsOverItsLine() {
    Tensor x = Tensor.of(Shape.of(2, 2), Float.NEGATIVE_INFINITY, 3, Float.NaN, 3);
    assertArrayEquals(
        new float[] {0, 1, Float.NaN, Float.NaN}, Evaluation.of(new Softmax(1), x).toArray());
    assertArrayEquals(
        new float[] {Float.NEGATIVE_INFINITY, 0, Float.NaN, Float.NaN},
        Evaluation.of(new Softmax(1, true), x).toArray());
  }

  private static Weights groupNorm(float[] scale, float[] shift) {
    Shape channels = Shape.of(scale.length);
    return Weights.of(
        Map.of(Role.SCALE, Tensor.of(channels, scale), Role.SHIFT, Tensor.of(channels, shift)));
  }

  @Test
  void groupNormHasMeanZeroAndVarianceOneInEachGroup() {
    Tensor x = Tensor.of(Shape.of(1, 4, 2), 1, 3, 5, 7, 10, 10, 10, 10);
    Weights weights = groupNorm(new float[] {1, 2, 1, 1}, new float[] {0, 0, 3, -1});
    // Mean 4 and variance 5; mean 10 and variance 0.
    float deviation = (float) Math.sqrt(5 + 4);
    assertArrayEquals(
        new float[] {-3 / deviation, -1 / deviation, 2 / deviation, 6 / deviation, 3, 3, -1, -1},
        Evaluation.of(new GroupNorm(2, 4), weights, x).toArray(),
        1e-6f);
  }

  @Test
  void groupNormOfAsManyGroupsAsChannelsIsInstanceNorm() {
    Tensor x = Tensor.of(Shape.of(2, 2, 2), 1, 3, 10, 30, -1, -5, 0, 2);
    assertArrayEquals(
        new float[] {-1, 1, -1, 1, 1, -1, -1, 1},
        Evaluation.of(new GroupNorm(2, 0), groupNorm(new float[] {1, 1}, new float[2]), x)
            .toArray(),
        1e-6f);
    assertEquals(
        Shape.of(0, 2),
        Evaluation.of(
                new GroupNorm(1, 0),
                groupNorm(new float[] {1, 1}, new float[2]),
                Tensor.zeros(Shape.of(0, 2)))
            .shape());
  }
}
