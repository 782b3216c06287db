// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.file;

import io.pointwise.onnx.OnnxException;
import io.pointwise.tensor.Shape;
import java.util.List;

/** Dimensions as files have them, 64 bits each, as a shape. */
public final class Dimensions {
  private static final int MOST_AXES = 64;

  private Dimensions() {}

  /**
   * The shape of these dimensions.
   *
   * @param what has the shape, for the message
   * @throws OnnxException if a dimension is negative or over the limit, or the size overflows
   */
  public static Shape shape(String what, List<Long> dims) {
    requireRank(what, dims.size());
    int[] sizes = new int[dims.size()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = size(what, axis, dims.get(axis));
    }
    try {
      return Shape.of(sizes);
    } catch (IllegalArgumentException e) {
      throw new OnnxException(what + ": " + e.getMessage(), e);
    }
  }

  /** Refuses what has more dimensions than anybody needs, before they are gone through. */
  public static void requireRank(String what, int rank) {
    if (rank > MOST_AXES) {
      throw new OnnxException(
          what + " has " + rank + " dimensions, over the limit of " + MOST_AXES);
    }
  }

  /** One dimension. */
  public static int size(String what, int axis, long dim) {
    if (dim < 0 || dim > Integer.MAX_VALUE) {
      throw new OnnxException(
          what + ": dimension " + axis + " is " + dim + ", must be from 0 to " + Integer.MAX_VALUE);
    }
    return (int) dim;
  }
}
