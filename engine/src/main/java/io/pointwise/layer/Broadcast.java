// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;

/** Broadcasting as in NumPy and ONNX: shapes aligned at the end, a dimension of 1 stretches. */
public final class Broadcast {
  private Broadcast() {}

  /**
   * The shape that both broadcast to.
   *
   * @throws InvalidSpecException if they do not
   */
  public static Shape of(String what, Shape a, Shape b) {
    int[] dims = new int[Math.max(a.rank(), b.rank())];
    for (int i = 1; i <= dims.length; i++) {
      int da = i <= a.rank() ? a.dim(-i) : 1;
      int db = i <= b.rank() ? b.dim(-i) : 1;
      if (da != db && da != 1 && db != 1) {
        throw new InvalidSpecException(what + ": shapes " + a + " and " + b + " do not broadcast");
      }
      dims[dims.length - i] = da == 1 ? db : da;
    }
    return Check.shape(dims);
  }

  /**
   * For each axis of {@code out}, the step in elements of a tensor {@code in} that broadcasts to
   * it; 0 where stretched.
   */
  public static long[] strides(Shape in, Shape out) {
    long[] strides = new long[out.rank()];
    long stride = 1;
    for (int i = 1; i <= in.rank(); i++) {
      strides[out.rank() - i] = in.dim(-i) == 1 ? 0 : stride;
      stride *= in.dim(-i);
    }
    return strides;
  }
}
