// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A tensor as {@code [outer, count, inner]}, of which {@code count} is what a reduction goes along.
 *
 * @param outer lines that come one after the other
 * @param count elements of a line
 * @param inner lines that lie between each other: floats from one element of a line to the next
 */
record ReducedAxes(long outer, long count, long inner) {
  /** Along those axes that are {@code true}; null where axes that stay lie between them. */
  static @Nullable ReducedAxes of(Shape shape, boolean[] reduced) {
    int first = 0;
    while (first < reduced.length && !(reduced[first] && shape.dim(first) != 1)) {
      first++;
    }
    int end = reduced.length;
    while (end > first && !(reduced[end - 1] && shape.dim(end - 1) != 1)) {
      end--;
    }
    for (int axis = first; axis < end; axis++) {
      if (!reduced[axis] && shape.dim(axis) != 1) {
        return null;
      }
    }
    return new ReducedAxes(
        shape.elements(0, first), shape.elements(first, end), shape.elements(end, shape.rank()));
  }

  /** Along one axis. */
  static ReducedAxes of(Shape shape, int axis) {
    return new ReducedAxes(
        shape.elements(0, axis), shape.dim(axis), shape.elements(axis + 1, shape.rank()));
  }
}
