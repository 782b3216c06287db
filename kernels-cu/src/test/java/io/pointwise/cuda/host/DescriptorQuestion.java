// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.util.List;
import java.util.SplittableRandom;

/** A question to cuDNN about descriptors, drawn from a seed: mostly sound, sometimes at an edge. */
sealed interface DescriptorQuestion {
  /**
   * The sizes of a convolution's output.
   *
   * @param tensor {@code n, c, h, w}
   * @param filter {@code k, c, h, w}
   * @param window padding, stride and dilation, each of two axes
   * @param format of {@code cudnnTensorFormat}
   * @param type of {@code cudnnDataType}
   * @param mode of {@code cudnnConvolutionMode}
   * @param math of {@code cudnnMathType}
   */
  record Convolution(
      List<Integer> tensor,
      List<Integer> filter,
      List<Integer> window,
      int groups,
      int format,
      int type,
      int mode,
      int math)
      implements DescriptorQuestion {}

  /**
   * The sizes of a pooling's output.
   *
   * @param tensor {@code n, c, h, w}
   * @param window size, padding and stride, each of two axes
   * @param format of {@code cudnnTensorFormat}
   * @param mode of {@code cudnnPoolingMode}
   * @param nan of {@code cudnnNanPropagation}
   */
  record Pooling(List<Integer> tensor, List<Integer> window, int format, int mode, int nan)
      implements DescriptorQuestion {}

  /** Whether there is a local response normalisation with these numbers. */
  record ResponseNorm(int size, double beta, double k) implements DescriptorQuestion {}

  /**
   * The bytes of a tensor that lies anyhow in memory.
   *
   * @param tensor {@code n, c, h, w}
   * @param strides of the four
   * @param type of {@code cudnnDataType}
   */
  record Strided(List<Integer> tensor, List<Integer> strides, int type)
      implements DescriptorQuestion {}

  /** The question of a number; the same for the same seed. */
  static DescriptorQuestion of(long seed, int number) {
    Draw draw = new Draw(new SplittableRandom(seed * 1_000_003 + number));
    return switch (number % 6) {
      case 0, 1, 2 -> draw.convolution();
      case 3 -> draw.pooling();
      case 4 -> draw.responseNorm();
      default -> draw.strided();
    };
  }

  /** Draws numbers, one in thirty of them at an edge. */
  record Draw(SplittableRandom random) {
    private static final int[] EDGES = {0, -1, 1, 2, 255, 256, 65_535, 65_536, 1 << 20, 1 << 30};

    private int number(int least, int most) {
      return random.nextInt(30) == 0
          ? EDGES[random.nextInt(EDGES.length)]
          : random.nextInt(least, most + 1);
    }

    private List<Integer> tensor(int channels) {
      return List.of(number(1, 4), channels, number(1, 40), number(1, 40));
    }

    /** Sometimes an entry of an enumeration that there is not. */
    private int choice(int count) {
      return random.nextInt(60) == 0 ? count + random.nextInt(3) : random.nextInt(count);
    }

    /** NCHW, or sometimes NHWC. */
    private int format() {
      return random.nextInt(8) == 0 ? 1 : 0;
    }

    Convolution convolution() {
      int groups = random.nextInt(3) == 0 ? number(2, 6) : 1;
      int perGroup = number(1, 8);
      int channels = random.nextInt(20) == 0 ? number(1, 40) : perGroup * groups;
      int out = random.nextInt(20) == 0 ? number(1, 20) : groups * number(1, 4);
      return new Convolution(
          tensor(channels),
          List.of(out, perGroup, number(1, 7), number(1, 7)),
          List.of(
              number(0, 3), number(0, 3), number(1, 3), number(1, 3), number(1, 2), number(1, 2)),
          groups,
          format(),
          0,
          choice(2),
          choice(4));
    }

    Pooling pooling() {
      return new Pooling(
          tensor(number(1, 40)),
          List.of(
              number(1, 5), number(1, 5), number(0, 2), number(0, 2), number(1, 3), number(1, 3)),
          format(),
          choice(4),
          choice(2));
    }

    /** Mostly packed; any axis may have another stride. */
    Strided strided() {
      List<Integer> tensor = tensor(number(1, 40));
      Integer[] strides = new Integer[4];
      int stride = 1;
      for (int axis = 3; axis >= 0; axis--) {
        strides[axis] = random.nextInt(6) == 0 ? number(-3, 50) : Integer.valueOf(stride);
        stride *= tensor.get(axis);
      }
      return new Strided(tensor, List.of(strides), random.nextInt(10) == 0 ? choice(3) : 0);
    }

    ResponseNorm responseNorm() {
      double[] betas = {0.75, 0.5, 1, 0.01, 0.009, 0, -1, Double.NaN};
      double[] ks = {1, 2, 1e-5, 0.9e-5, 0, -1, Double.NaN};
      return new ResponseNorm(
          number(1, 20), betas[random.nextInt(betas.length)], ks[random.nextInt(ks.length)]);
    }
  }
}
