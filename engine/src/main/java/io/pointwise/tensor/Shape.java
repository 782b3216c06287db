// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The dimensions of a tensor, outermost first. Activations are {@code [n, c, h, w]}, matrices
 * {@code [n, features]}.
 *
 * <p>A dimension may be zero (an empty tensor). The number of elements is a {@code long}: shapes of
 * more than 2³¹ elements are legal, shapes whose size in bytes does not fit a {@code long} are not.
 */
public final class Shape {
  private static final long MAX_ELEMENTS = Long.MAX_VALUE / Float.BYTES;

  private final int[] dims;
  private final long elements;

  private Shape(int[] dims) {
    long product = 1;
    boolean empty = false;
    for (int axis = 0; axis < dims.length; axis++) {
      int dim = dims[axis];
      if (dim < 0) {
        throw new IllegalArgumentException(
            "shape "
                + Arrays.toString(dims)
                + ": dimension "
                + axis
                + " is "
                + dim
                + ", must be at least 0");
      }
      empty |= dim == 0;
      if (dim != 0) {
        if (product > MAX_ELEMENTS / dim) {
          throw new IllegalArgumentException(
              "shape " + Arrays.toString(dims) + ": more than " + MAX_ELEMENTS + " elements");
        }
        product *= dim;
      }
    }
    this.dims = dims;
    this.elements = empty ? 0 : product;
  }

  /**
   * A shape of these dimensions; none at all is a scalar.
   *
   * @throws IllegalArgumentException if a dimension is negative or the size overflows
   */
  public static Shape of(int... dims) {
    return new Shape(dims.clone());
  }

  public int rank() {
    return dims.length;
  }

  /** Dimension {@code axis}; a negative axis counts from the end. */
  public int dim(int axis) {
    return dims[index(axis)];
  }

  private int index(int axis) {
    int index = axis < 0 ? axis + dims.length : axis;
    if (index < 0 || index >= dims.length) {
      throw new IndexOutOfBoundsException("axis " + axis + " of shape " + this);
    }
    return index;
  }

  /** Product of all dimensions. */
  public long elements() {
    return elements;
  }

  /** Size of a float32 tensor of this shape. */
  public long bytes() {
    return elements * Float.BYTES;
  }

  /** Product of the dimensions from {@code from} (inclusive) to {@code to} (exclusive). */
  public long elements(int from, int to) {
    long product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= dims[axis];
    }
    return product;
  }

  public int[] toArray() {
    return dims.clone();
  }

  /** This shape with dimension {@code axis} replaced; a negative axis counts from the end. */
  public Shape with(int axis, int dim) {
    int[] copy = dims.clone();
    copy[index(axis)] = dim;
    return new Shape(copy);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** The dimensions joined by {@code ×}, as {@code 1×512×12×12}; a scalar is {@code scalar}. */
  @Override
  public String toString() {
    return dims.length == 0
        ? "scalar"
        : Arrays.stream(dims).mapToObj(Integer::toString).collect(Collectors.joining("×"));
  }
}
