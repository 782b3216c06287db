// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.PoolSpec;
import java.util.List;

/**
 * Mean over each window, see {@link io.pointwise.layer.AvgPool2d}. With K elements: K additions and
 * a division, or a product with the rounded reciprocal, hence {@code (Σe + γ(Σ(|x| + e))) /
 * divisor} with K + {@link Rounding#DIVIDE} roundings in γ.
 */
final class AveragePooling implements ScalarOperation {
  private final PoolSpec spec;
  private final boolean countIncludePad;
  private final double gamma;
  private final double flushed;
  private final Workers workers;

  AveragePooling(PoolSpec spec, boolean countIncludePad, Workers workers) {
    this.spec = spec;
    this.countIncludePad = countIncludePad;
    this.gamma = Rounding.gamma(spec.window().taps() + Rounding.DIVIDE);
    this.flushed = Rounding.flushed(spec.window().taps() + 2);
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field input = inputs.getFirst();
    PoolWindow.overOutputs(spec, workers, (window, at) -> pool(input, window, output, at));
  }

  private void pool(Field input, PoolWindow window, Field output, long at) {
    double sum = 0;
    double error = 0;
    double magnitude = 0;
    int firstQ = window.firstQ();
    int endP = window.endP();
    int endQ = window.endQ();
    for (int p = window.firstP(); p < endP; p++) {
      for (int q = firstQ; q < endQ; q++) {
        long i = window.index(p, q);
        sum += input.value(i);
        error += input.error(i);
        magnitude += Math.abs(input.value(i)) + input.error(i);
      }
    }
    long divisor = countIncludePad ? window.tapsInPaddedInput() : window.tapsInInput();
    if (divisor == 0) {
      output.set(at, 0, 0);
    } else {
      output.set(at, sum / divisor, (error + gamma * magnitude) / divisor + flushed);
    }
  }
}
