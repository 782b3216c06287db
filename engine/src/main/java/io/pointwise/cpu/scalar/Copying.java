// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import java.util.List;

/** Flatten, reshape and dropout: the same elements in the same order. */
final class Copying implements ScalarOperation {
  private final Workers workers;

  Copying(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field input = inputs.getFirst();
    Tasks.overElements(
        workers,
        output.shape().elements(),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            output.set(i, input.value(i), input.error(i));
          }
        });
  }
}
