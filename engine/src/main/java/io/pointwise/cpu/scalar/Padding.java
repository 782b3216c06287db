// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.Pad;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Elements added around a tensor: copies and a constant, so errors stay as they are. */
final class Padding implements ScalarOperation {
  private final Pad pad;
  private final Shape input;
  private final List<int[]> sources = new ArrayList<>();
  private final Workers workers;

  Padding(Pad pad, Shape input, Workers workers) {
    this.pad = pad;
    this.input = input;
    this.workers = workers;
    for (int axis = 0; axis < input.rank(); axis++) {
      sources.add(pad.sources(input, axis));
    }
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field field = inputs.getFirst();
    Tasks.overElements(
        workers,
        output.shape().elements(),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            long source = source(i, output.shape());
            if (source < 0) {
              output.set(i, pad.value(), 0);
            } else {
              output.set(i, field.value(source), field.error(source));
            }
          }
        });
  }

  /** Position of output element {@code i} in the input; −1 if it is none of the input's. */
  private long source(long i, Shape output) {
    long source = 0;
    long step = 1;
    long rest = i;
    for (int axis = output.rank() - 1; axis >= 0; axis--) {
      int index = sources.get(axis)[(int) (rest % output.dim(axis))];
      if (index < 0) {
        return -1;
      }
      source += index * step;
      step *= input.dim(axis);
      rest /= output.dim(axis);
    }
    return source;
  }
}
