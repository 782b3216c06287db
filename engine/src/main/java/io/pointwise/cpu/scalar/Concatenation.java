// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.tensor.Shape;
import java.util.List;

/** Joins inputs along an axis: copies, so errors stay as they are. */
final class Concatenation implements ScalarOperation {
  private final int axis;
  private final Workers workers;

  Concatenation(int axis, Shape output, Workers workers) {
    this.axis = axis < 0 ? axis + output.rank() : axis;
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Shape out = output.shape();
    long stride = out.elements(axis, out.rank());
    long offset = 0;
    for (Field input : inputs) {
      long run = input.shape().elements(axis, out.rank());
      long start = offset;
      Tasks.overElements(
          workers,
          input.shape().elements(),
          (from, to) -> {
            for (long i = from; i < to; i++) {
              output.set(i / run * stride + start + i % run, input.value(i), input.error(i));
            }
          });
      offset += run;
    }
  }
}
