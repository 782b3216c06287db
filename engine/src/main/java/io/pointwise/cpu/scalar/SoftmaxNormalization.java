// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.Softmax;
import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Softmax or log-softmax along an axis: with {@code t = exp(x − m)}, m the maximum, {@code t / Σt}
 * or {@code (x − m) − log Σt}.
 *
 * <p>Error. The m that a device subtracts may differ from ours, but is the same in numerator and
 * denominator. In float32, {@code t̂ = t·exp(±τ)} with {@code τ = e + u(|x − m| + e + E) + EXP·u},
 * E the largest incoming error: e from the input, u from the subtraction. So {@code Σt̂} is off by
 * a factor within {@code 1 ± s}, {@code s = Σ y(exp(τ) − 1)} and γ_n for the additions, y the
 * softmax: terms that hardly count in the sum hardly count here. Softmax: {@code y·(exp(τ)/(1 − s)
 * − 1)}, and a division; at most 1, as all results lie between 0 and 1. Log-softmax: the argument's
 * error, {@code −log(1 − s)}, the logarithm's own error, and a subtraction.
 */
final class SoftmaxNormalization implements ScalarOperation {
  private final boolean log;
  private final Workers workers;
  private final int axis;

  SoftmaxNormalization(Softmax layer, Shape shape, Workers workers) {
    this.log = layer.log();
    this.workers = workers;
    this.axis = layer.axis() < 0 ? layer.axis() + shape.rank() : layer.axis();
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field input = inputs.getFirst();
    Shape shape = input.shape();
    int size = shape.dim(axis);
    long inner = shape.elements(axis + 1, shape.rank());
    Tasks.overElements(
        workers,
        shape.elements(0, axis) * inner,
        (from, to) -> {
          for (long line = from; line < to; line++) {
            long start = line / inner * size * inner + line % inner;
            line(input, output, new Line(start, inner, size));
          }
        });
  }

  /** The elements {@code start, start + step, …} along the axis. */
  private record Line(long start, long step, int size) {
    long index(int i) {
      return start + i * step;
    }
  }

  private void line(Field input, Field output, Line line) {
    double max = Double.NEGATIVE_INFINITY;
    double maxError = 0;
    for (int i = 0; i < line.size; i++) {
      max = Math.max(max, input.value(line.index(i)));
      maxError = Math.max(maxError, input.error(line.index(i)));
    }
    double sum = 0;
    for (int i = 0; i < line.size; i++) {
      sum += Math.exp(input.value(line.index(i)) - max);
    }
    double sumError = output.tracked() ? sumError(input, line, max, maxError, sum) : 0;
    for (int i = 0; i < line.size; i++) {
      double distance = input.value(line.index(i)) - max;
      double tau = tau(input.error(line.index(i)), distance, maxError);
      if (log) {
        output.set(line.index(i), distance - Math.log(sum), logError(distance, sum, tau, sumError));
      } else {
        double y = Math.exp(distance) / sum;
        output.set(line.index(i), y, error(y, tau, sumError, line.size));
      }
    }
  }

  private static double tau(double error, double distance, double maxError) {
    return error
        + Rounding.U * (Math.abs(distance) + error + maxError)
        + Rounding.gamma(Rounding.EXP);
  }

  /** Bound on the relative error of the sum. */
  private static double sumError(Field input, Line line, double max, double maxError, double sum) {
    double error = 0;
    for (int i = 0; i < line.size; i++) {
      double distance = input.value(line.index(i)) - max;
      double share = Math.exp(distance) / sum;
      // A share of zero would meet an infinite exponent.
      if (share > 0) {
        error += share * Math.expm1(tau(input.error(line.index(i)), distance, maxError));
      }
    }
    double additions = Rounding.gamma(line.size);
    // Terms may be flushed to zero; the device's sum is at least exp(−2E), up to rounding.
    double flushed = Rounding.flushed(line.size) * Math.exp(2 * maxError);
    return error + additions * (1 + error) + flushed;
  }

  private static double error(double y, double tau, double sumError, int size) {
    if (y == 0) {
      return Rounding.flushed(size + 2L);
    }
    double factor = sumError < 1 ? Math.exp(tau) / (1 - sumError) : Double.POSITIVE_INFINITY;
    double relative = factor * (1 + Rounding.gamma(Rounding.DIVIDE)) - 1;
    return Math.min(1, y * relative) + Rounding.flushed(size + 2L);
  }

  private static double logError(double distance, double sum, double tau, double sumError) {
    double logSum = Math.log(sum);
    double logShift = sumError < 1 ? -Math.log1p(-sumError) : Double.POSITIVE_INFINITY;
    double own = Rounding.gamma(Rounding.LOG) * (logSum + logShift);
    double size = Math.abs(distance) + logSum + logShift + tau;
    return tau + logShift + own + Rounding.U * size + Rounding.flushed(4);
  }
}
