// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.GroupNorm;
import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Group normalisation in two passes: the mean m of N elements, then their variance v around it;
 * {@code y = scale·c·r + shift} with {@code c = x − m} and {@code r = 1/√(v + epsilon)}.
 *
 * <p>Error, step by step. The mean is wrong by {@code d_m = Σ(e + γ(|x| + e))/N} with {@code N +
 * DIVIDE} roundings in γ; a difference by {@code d_c = e + d_m + u(|c| + e + d_m)}; the variance, a
 * mean of squares, by {@code d_v = Σ(d_c(2|c| + d_c) + γ(|c| + d_c)²)/N} with one rounding more in
 * γ; epsilon adds one. The reciprocal root is monotone: its ends over {@code v + epsilon ± d},
 * never below epsilon, and the roundings of root and division give {@code d_r}. Then the product
 * {@code |scale|(|c|d_r + d_c(r + d_r))}, and the last roundings, of which there are a few more on
 * {@code scale·r·x} and {@code scale·r·m} apart for those who write {@code a·x + b}.
 *
 * <p>It does not hold for a variance taken as the mean of the squares less the square of the mean,
 * which loses the more digits the farther the mean is from 0.
 */
final class GroupNormalization implements ScalarOperation {
  private static final int LAST_ROUNDINGS = 6;

  private final GroupNorm layer;
  private final Field scale;
  private final Field shift;
  private final Workers workers;

  GroupNormalization(GroupNorm layer, Field scale, Field shift, Workers workers) {
    this.layer = layer;
    this.scale = scale;
    this.shift = shift;
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field input = inputs.getFirst();
    Shape shape = input.shape();
    int channels = shape.dim(1) / layer.groups();
    long pixels = shape.elements(2, shape.rank());
    workers.run(
        shape.elements() == 0 ? 0 : Math.multiplyExact(shape.dim(0), layer.groups()),
        group -> {
          long from = (long) group * channels * pixels;
          Statistics statistics = statistics(input, from, from + channels * pixels);
          for (long i = from; i < from + channels * pixels; i++) {
            long channel = (long) group % layer.groups() * channels + (i - from) / pixels;
            normalize(input, i, statistics, channel, output);
          }
        });
  }

  /**
   * Of one group.
   *
   * @param mean of its elements
   * @param meanError bound on its error
   * @param factor one over the standard deviation
   * @param factorError bound on its error
   */
  private record Statistics(double mean, double meanError, double factor, double factorError) {
    double centredError(double x, double e) {
      double incoming = e + meanError;
      return incoming + Rounding.U * (Math.abs(x - mean) + incoming) + Rounding.TINY;
    }
  }

  private Statistics statistics(Field input, long from, long to) {
    long count = to - from;
    double gamma = Rounding.gamma(count + Rounding.DIVIDE);
    double sum = 0;
    double spread = 0;
    for (long i = from; i < to; i++) {
      double x = input.value(i);
      double e = input.error(i);
      sum += x;
      spread += e + gamma * (Math.abs(x) + e);
    }
    double flushed = Rounding.flushed(count + 2);
    Statistics centred = new Statistics(sum / count, spread / count + flushed, 0, 0);
    double squareGamma = Rounding.gamma(count + Rounding.DIVIDE + 1);
    double squares = 0;
    double squareSpread = 0;
    for (long i = from; i < to; i++) {
      double c = Math.abs(input.value(i) - centred.mean);
      double d = centred.centredError(input.value(i), input.error(i));
      squares += c * c;
      squareSpread += d * (2 * c + d) + squareGamma * (c + d) * (c + d);
    }
    return withFactor(centred, squares / count, squareSpread / count + flushed);
  }

  private Statistics withFactor(Statistics centred, double variance, double varianceError) {
    double p = variance + layer.epsilon();
    double d = varianceError + Rounding.U * (p + varianceError) + Rounding.TINY;
    double least = Math.max(p - d, layer.epsilon() * (1 - Rounding.gamma(2)));
    double factor = 1 / Math.sqrt(p);
    double top = 1 / Math.sqrt(Math.max(least, 0));
    double incoming = new Interval(1 / Math.sqrt(p + d), top).farthest(factor);
    double own = Rounding.gamma(Rounding.SQRT + Rounding.DIVIDE) * top;
    return new Statistics(centred.mean, centred.meanError, factor, incoming + own);
  }

  private void normalize(Field input, long i, Statistics of, long channel, Field output) {
    double x = input.value(i);
    double e = input.error(i);
    double c = x - of.mean;
    double a = scale.value(channel);
    double b = shift.value(channel);
    double top = of.factor + of.factorError;
    double centredError = of.centredError(x, e);
    double incoming = Math.abs(c) * of.factorError + centredError * top;
    double parts = top * (Math.abs(x) + e + Math.abs(of.mean) + of.meanError);
    double last = Rounding.gamma(LAST_ROUNDINGS) * (Math.abs(a) * parts + Math.abs(b));
    double flushed = Rounding.flushed(4) * (1 + Math.abs(a) * (1 + top));
    output.set(i, a * (c * of.factor) + b, Math.abs(a) * incoming + last + flushed);
  }
}
