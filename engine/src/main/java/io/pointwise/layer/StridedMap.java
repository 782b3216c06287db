// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Which element of the input, in row-major order, each element of the output is: with {@code i}
 * running over {@code counts}, the last one fastest, output elements come in row-major order, and
 * each is the input's element {@code offset + Σ i_k·steps_k}.
 *
 * @param output shape of the output
 * @param offset of the first element
 * @param counts whose product is the number of output elements; not always the output's dimensions
 * @param steps in elements of the input, one for each count; 0 repeats, negative goes backwards
 */
public record StridedMap(Shape output, long offset, List<Integer> counts, List<Long> steps) {
  public StridedMap {
    counts = List.copyOf(counts);
    steps = List.copyOf(steps);
  }

  /** The input's element that output element {@code index} is. */
  public long source(long index) {
    long rest = index;
    long source = offset;
    for (int k = counts.size() - 1; k >= 0; k--) {
      source += rest % counts.get(k) * steps.get(k);
      rest /= counts.get(k);
    }
    return source;
  }

  /** Elements from one index of an axis to the next, in row-major order. */
  static long[] rowMajor(Shape shape) {
    long[] steps = new long[shape.rank()];
    long step = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      steps[axis] = step;
      step *= shape.dim(axis);
    }
    return steps;
  }
}
