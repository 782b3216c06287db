// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * The checks that layer descriptions share; each failure is one sentence with the name, the value
 * and the limit.
 */
final class Check {
  private static final long MOST_INDICES = 1L << 24;

  private Check() {}

  static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new InvalidSpecException(name + "=" + value + " must be at least " + least);
    }
  }

  static void finite(String name, float value) {
    if (!Float.isFinite(value)) {
      throw new InvalidSpecException(name + "=" + value + " must be finite");
    }
  }

  static void divides(String divisorName, int divisor, String name, int value) {
    if (value % divisor != 0) {
      throw new InvalidSpecException(
          divisorName + "=" + divisor + " does not divide " + name + "=" + value);
    }
  }

  static Shape onlyInput(Layer layer, List<Shape> inputs) {
    arity(layer, inputs, 1, 1);
    return inputs.getFirst();
  }

  static void arity(Layer layer, List<Shape> inputs, int least, int most) {
    if (inputs.size() < least || inputs.size() > most) {
      String wanted =
          (least == most ? "" : "at least ") + least + (least == 1 ? " input" : " inputs");
      throw new InvalidSpecException(layer.kind() + " takes " + wanted + ", got " + inputs.size());
    }
  }

  static void rank(Layer layer, Shape shape, int rank) {
    if (shape.rank() != rank) {
      throw new InvalidSpecException(
          layer.kind() + " needs an input of rank " + rank + ", got shape " + shape);
    }
  }

  static int axis(Layer layer, int axis, Shape shape) {
    int index = axis < 0 ? axis + shape.rank() : axis;
    if (index < 0 || index >= shape.rank()) {
      throw new InvalidSpecException(
          layer.kind()
              + ": axis "
              + axis
              + " is outside shape "
              + shape
              + " of rank "
              + shape.rank());
    }
    return index;
  }

  /** A shape, with its overflow told as an invalid specification. */
  static Shape shape(int... dims) {
    try {
      return Shape.of(dims);
    } catch (IllegalArgumentException e) {
      throw new InvalidSpecException(String.valueOf(e.getMessage()));
    }
  }

  static long sum(String what, long a, long b) {
    try {
      return Math.addExact(a, b);
    } catch (ArithmeticException e) {
      throw new InvalidSpecException(what + " overflows a 64-bit count");
    }
  }

  static long product(String what, long... factors) {
    long product = 1;
    for (long factor : factors) {
      try {
        product = Math.multiplyExact(product, factor);
      } catch (ArithmeticException e) {
        throw new InvalidSpecException(what + " overflows a 64-bit count");
      }
    }
    return product;
  }

  /** Indices are kept as float32, which holds every whole number only up to 2²⁴. */
  static void exactIndices(String kind, long size) {
    if (size > MOST_INDICES) {
      throw new InvalidSpecException(
          kind + ": " + size + " indices are over the limit " + MOST_INDICES + " of float32");
    }
  }
}
