// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.PoolSpec;
import java.util.List;

/**
 * Maximum over each window; padding never wins, NaN always does, nothing gives −∞. The maximum
 * changes by no more than the element that changes most: the error is the largest of the window.
 */
final class MaxPooling implements ScalarOperation {
  private final PoolSpec spec;
  private final Workers workers;

  MaxPooling(PoolSpec spec, Workers workers) {
    this.spec = spec;
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field input = inputs.getFirst();
    PoolWindow.overOutputs(spec, workers, (window, at) -> pool(input, window, output, at));
  }

  private void pool(Field input, PoolWindow window, Field output, long at) {
    double max = Double.NEGATIVE_INFINITY;
    double error = 0;
    int firstQ = window.firstQ();
    int endP = window.endP();
    int endQ = window.endQ();
    for (int p = window.firstP(); p < endP; p++) {
      for (int q = firstQ; q < endQ; q++) {
        long i = window.index(p, q);
        max = Math.max(max, input.value(i));
        error = Math.max(error, input.error(i));
      }
    }
    output.set(at, max, error + Rounding.TINY);
  }
}
