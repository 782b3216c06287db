// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.layer.Broadcast;
import io.pointwise.tensor.Shape;

/** Where the elements of an input lie that is broadcast to the output. */
final class Stretch {
  private final Shape output;
  private final long[] steps;

  Stretch(Shape input, Shape output) {
    this.output = output;
    this.steps = Broadcast.strides(input, output);
  }

  /** Position in the input of what falls to the output's element {@code i}. */
  long source(long i) {
    long source = 0;
    long rest = i;
    for (int axis = output.rank() - 1; axis >= 0; axis--) {
      source += rest % output.dim(axis) * steps[axis];
      rest /= output.dim(axis);
    }
    return source;
  }
}
