// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * An elementwise function of two inputs, broadcast to each other as {@link Broadcast} says. Sum and
 * product are layers of their own, {@link Add} and {@link Mul}.
 *
 * <p>Truth is 1, falsehood 0; anything but 0 counts as true. NaN on either side gives NaN; but it
 * never passes a comparison, as IEEE 754 has it.
 *
 * @param function which
 */
public record Elementwise(Function function) implements Layer {
  /** What is done with a, of the first input, and b, of the second. */
  public enum Function {
    /** {@code a − b}. */
    SUBTRACT("subtract"),
    /** {@code a / b}. */
    DIVIDE("divide"),
    /** {@code a} to the power of {@code b}, as IEEE 754 has it but for NaN; 1 for any a to 0. */
    POWER("power"),
    /** The lesser of the two. */
    MINIMUM("minimum"),
    /** The greater of the two. */
    MAXIMUM("maximum"),
    /** Whether {@code a = b}. */
    EQUAL("equal"),
    /** Whether {@code a < b}. */
    LESS("less"),
    /** Whether {@code a ≤ b}. */
    LESS_OR_EQUAL("less-or-equal"),
    /** Whether both are true. */
    AND("and"),
    /** Whether one at least is true. */
    OR("or");

    private final String label;

    Function(String label) {
      this.label = label;
    }
  }

  @Override
  public String kind() {
    return function.label;
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Check.arity(this, inputs, 2, 2);
    return Broadcast.of(kind(), inputs.getFirst(), inputs.getLast());
  }
}
