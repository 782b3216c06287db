// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.ActivationFunction;
import java.util.List;

/** Applies an activation function to every element. */
final class Activating implements ScalarOperation {
  private final ActivationFunction function;
  private final Workers workers;

  Activating(ActivationFunction function, Workers workers) {
    this.function = function;
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    apply(function, inputs.getFirst(), output, workers);
  }

  /** The two may be one and the same. */
  static void apply(ActivationFunction function, Field input, Field output, Workers workers) {
    Tasks.overElements(
        workers,
        output.shape().elements(),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            double x = input.value(i);
            double error = output.tracked() ? ActivationRule.error(function, x, input.error(i)) : 0;
            output.set(i, ActivationValue.of(function, x), error);
          }
        });
  }
}
