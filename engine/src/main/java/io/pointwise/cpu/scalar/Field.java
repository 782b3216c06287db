// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * The values of a tensor as the scalar operations see them, in row-major order. Two kinds: float32
 * memory, which keeps no errors and rounds what is set; and doubles, each with a bound on how far a
 * float32 evaluation may be from it.
 */
public final class Field {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE;

  private final Shape shape;
  private final MemorySegment values;
  private final @Nullable MemorySegment errors;

  private Field(Shape shape, MemorySegment values, @Nullable MemorySegment errors) {
    this.shape = shape;
    this.values = values;
    this.errors = errors;
  }

  /** Float32 memory of {@code shape.bytes()} bytes; its values count as exact. */
  public static Field floats(Shape shape, MemorySegment memory) {
    return new Field(shape, memory, null);
  }

  /** A host tensor; its values count as exact. */
  public static Field of(Tensor tensor) {
    return floats(tensor.shape(), tensor.memory());
  }

  /** Fresh doubles with errors. */
  public static Field tracked(Shape shape) {
    long bytes = Math.multiplyExact(shape.elements(), (long) Double.BYTES);
    Arena arena = Arena.ofAuto();
    return new Field(
        shape, arena.allocate(bytes, Tensor.ALIGNMENT), arena.allocate(bytes, Tensor.ALIGNMENT));
  }

  public Shape shape() {
    return shape;
  }

  /** Whether values are doubles and errors are kept. */
  public boolean tracked() {
    return errors != null;
  }

  public double value(long i) {
    return errors == null ? values.getAtIndex(FLOAT, i) : values.getAtIndex(DOUBLE, i);
  }

  /**
   * Bound on the absolute error of a float32 evaluation; 0 where the value is infinite or not a
   * number.
   */
  public double error(long i) {
    return errors == null ? 0 : errors.getAtIndex(DOUBLE, i);
  }

  /** Sets a value; its error is kept if this field keeps any. */
  public void set(long i, double value, double error) {
    if (errors == null) {
      values.setAtIndex(FLOAT, i, (float) value);
    } else {
      values.setAtIndex(DOUBLE, i, value);
      // An infinity or NaN is reproduced or is not: no distance is defined, and none may spread.
      errors.setAtIndex(DOUBLE, i, Double.isFinite(value) ? claim(error) : 0);
    }
  }

  /** An error of ∞·0 is one about which nothing is known. */
  private static double claim(double error) {
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }

  /** Reads {@code count} values in a row. */
  void read(long from, int count, double[] target, int at) {
    for (int i = 0; i < count; i++) {
      target[at + i] = value(from + i);
    }
  }

  /**
   * Reads what {@code count} values in a row add to the error of a sum, for a weight of 1: {@code e
   * + γ(|x| + e)}, the error that they bring along and that of {@code γ}'s roundings of what a
   * device may hold in their place.
   */
  void readSpread(long from, int count, double gamma, double[] target, int at) {
    for (int i = 0; i < count; i++) {
      double error = error(from + i);
      target[at + i] = error + gamma * (Math.abs(value(from + i)) + error);
    }
  }
}
