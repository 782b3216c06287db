// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.tensor;

import io.pointwise.tensor.Shape;

/** From positions in memory where the first index varies fastest to row-major ones. */
final class FortranOrder {
  private final int[] dims;
  private final long[] strides;
  private final int[] index;
  private long position;

  FortranOrder(Shape shape) {
    dims = shape.toArray();
    index = new int[dims.length];
    strides = new long[dims.length];
    long stride = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= dims[axis];
    }
  }

  /** The row-major position of the next element. */
  long next() {
    long result = position;
    for (int axis = 0; axis < dims.length; axis++) {
      position += strides[axis];
      if (++index[axis] < dims[axis]) {
        break;
      }
      position -= strides[axis] * dims[axis];
      index[axis] = 0;
    }
    return result;
  }
}
