// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.tensor.Shape;
import java.util.List;

/** PReLU: leaky ReLU with a slope a channel, or one for all. */
final class LearnedLeaky implements ScalarOperation {
  private final Field slopes;
  private final Workers workers;

  LearnedLeaky(Field slopes, Workers workers) {
    this.slopes = slopes;
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field input = inputs.getFirst();
    Shape shape = input.shape();
    long inner = shape.elements(2, shape.rank());
    boolean perChannel = slopes.shape().elements() > 1;
    Tasks.overElements(
        workers,
        shape.elements(),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            double slope = slopes.value(perChannel ? i / inner % shape.dim(1) : 0);
            double x = input.value(i);
            output.set(
                i,
                ActivationValue.leaky(slope, x),
                ActivationRule.leakyError(slope, x, input.error(i)));
          }
        });
  }
}
