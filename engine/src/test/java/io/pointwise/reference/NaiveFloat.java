// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import io.pointwise.layer.ConvSpec;
import io.pointwise.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Evaluations in float32 as devices may do them: sums in any order, with and without fused
 * multiply-adds.
 */
enum NaiveFloat {
  ASCENDING,
  DESCENDING,
  SHUFFLED,
  FUSED,
  PAIRWISE;

  /** The sum of products and addends in this manner. */
  float sum(float[] a, float[] b, float[] addends, SplittableRandom random) {
    float[] first = new float[a.length + addends.length];
    float[] second = new float[first.length];
    for (int i = 0; i < first.length; i++) {
      first[i] = i < a.length ? a[i] : addends[i - a.length];
      second[i] = i < a.length ? b[i] : 1;
    }
    int[] order = order(first.length, random);
    return switch (this) {
      case ASCENDING, DESCENDING, SHUFFLED -> sum(first, second, order);
      case FUSED -> fused(first, second, order);
      case PAIRWISE -> pairwise(first, second, 0, first.length);
    };
  }

  private int[] order(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = this == DESCENDING ? n - 1 - i : i;
    }
    if (this == SHUFFLED || this == FUSED) {
      for (int i = n - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swap = order[i];
        order[i] = order[j];
        order[j] = swap;
      }
    }
    return order;
  }

  private static float sum(float[] a, float[] b, int[] order) {
    float sum = 0;
    for (int i : order) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static float fused(float[] a, float[] b, int[] order) {
    float sum = 0;
    for (int i : order) {
      sum = Math.fma(a[i], b[i], sum);
    }
    return sum;
  }

  private static float pairwise(float[] a, float[] b, int from, int to) {
    if (to - from == 1) {
      return a[from] * b[from];
    }
    int middle = (from + to) >>> 1;
    return to == from ? 0 : pairwise(a, b, from, middle) + pairwise(a, b, middle, to);
  }

  /** A convolution in this manner; {@code residual} may be empty. */
  Tensor convolution(
      ConvSpec spec, Tensor x, Tensor w, float[] bias, float[] residual, SplittableRandom random) {
    Tensor y = Tensor.zeros(spec.output());
    int taps = spec.kh() * spec.kw() * spec.icPerGroup();
    float[] a = new float[taps];
    float[] b = new float[taps];
    for (int i = 0; i < y.shape().elements(); i++) {
      int channel = i / (spec.oh() * spec.ow()) % spec.oc();
      for (int t = 0; t < taps; t++) {
        a[t] = w.get((long) channel * taps + t);
        b[t] = tap(spec, x, i, channel, t);
      }
      float[] addends =
          residual.length == 0
              ? new float[] {bias[channel]}
              : new float[] {bias[channel], residual[i]};
      y.set(i, sum(a, b, addends, random));
    }
    return y;
  }

  private static float tap(ConvSpec spec, Tensor x, int at, int channel, int t) {
    int c = at % spec.ow();
    int r = at / spec.ow() % spec.oh();
    int n = at / (spec.ow() * spec.oh() * spec.oc());
    int i = t / (spec.kh() * spec.kw()) + channel / spec.ocPerGroup() * spec.icPerGroup();
    int p = t / spec.kw() % spec.kh();
    int row = r * spec.window().strideH() + p * spec.window().dilationH() - spec.window().padTop();
    int column =
        c * spec.window().strideW()
            + t % spec.kw() * spec.window().dilationW()
            - spec.window().padLeft();
    if (row < 0 || row >= spec.ih() || column < 0 || column >= spec.iw()) {
      return 0;
    }
    return x.get(((long) (n * spec.ic() + i) * spec.ih() + row) * spec.iw() + column);
  }

  /** A tensor of which each element is changed by {@code function}. */
  static Tensor map(Tensor x, UnaryOperator<Float> function) {
    Tensor y = Tensor.zeros(x.shape());
    for (long i = 0; i < x.shape().elements(); i++) {
      y.set(i, function.apply(x.get(i)));
    }
    return y;
  }
}
