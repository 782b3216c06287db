// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.MaxPoolIndices;
import io.pointwise.layer.PoolSpec;
import java.util.List;

/**
 * The position of each window's maximum, see {@link MaxPoolIndices}; NaN counts as the maximum.
 *
 * <p>Error: the distance to the farthest position in the window whose element may, within the
 * errors of both, be the maximum instead; 0 where no element comes near.
 */
final class MaxPoolingIndices implements ScalarOperation {
  private final PoolSpec spec;
  private final boolean columnMajor;
  private final Workers workers;

  MaxPoolingIndices(PoolSpec spec, boolean columnMajor, Workers workers) {
    this.spec = spec;
    this.columnMajor = columnMajor;
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field input = inputs.getFirst();
    PoolWindow.overOutputs(spec, workers, (window, at) -> pool(input, window, output, at));
  }

  private void pool(Field input, PoolWindow window, Field output, long at) {
    long found = -1;
    int firstQ = window.firstQ();
    int endP = window.endP();
    int endQ = window.endQ();
    for (int p = window.firstP(); p < endP; p++) {
      for (int q = firstQ; q < endQ; q++) {
        long i = window.index(p, q);
        if (found < 0 || beats(input.value(i), input.value(found))) {
          found = i;
        }
      }
    }
    if (found < 0) {
      output.set(at, -1, 0);
      return;
    }
    Interval max = Interval.of(input.value(found), input.error(found));
    double error = 0;
    for (int p = window.firstP(); p < endP; p++) {
      for (int q = firstQ; q < endQ; q++) {
        long i = window.index(p, q);
        if (Interval.of(input.value(i), input.error(i)).mayReach(max)) {
          error = Math.max(error, Math.abs(position(i) - position(found)));
        }
      }
    }
    output.set(at, position(found), error);
  }

  private static boolean beats(double x, double best) {
    return x > best || (Double.isNaN(x) && !Double.isNaN(best));
  }

  /** Of an input element as the layer counts; a whole number that float32 holds. */
  private int position(long i) {
    if (!columnMajor) {
      return Math.toIntExact(i);
    }
    long pixels = (long) spec.ih() * spec.iw();
    long pixel = i % pixels;
    return Math.toIntExact(i - pixel + pixel % spec.iw() * spec.ih() + pixel / spec.iw());
  }
}
