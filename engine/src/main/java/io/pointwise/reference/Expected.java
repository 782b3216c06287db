// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import io.pointwise.cpu.scalar.Field;
import io.pointwise.tensor.Shape;

/**
 * What a tensor should hold: each element in double precision, and a bound on how far any float32
 * evaluation may be from it.
 */
public final class Expected {
  private final Field field;

  Expected(Field field) {
    this.field = field;
  }

  public Shape shape() {
    return field.shape();
  }

  /** The element at row-major position {@code index}. */
  public double value(long index) {
    return field.value(index);
  }

  /**
   * Bound on the absolute error of a float32 evaluation of that element; 0 where it is infinite or
   * not a number.
   */
  public double bound(long index) {
    return field.error(index);
  }

  @Override
  public String toString() {
    return "Expected[" + shape() + "]";
  }
}
