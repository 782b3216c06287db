// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;

/** Tensors for comparing bit by bit. */
final class Tensors {
  private Tensors() {}

  static Tensor nan(Shape shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (long i = 0; i < shape.elements(); i++) {
      tensor.set(i, Float.NaN);
    }
    return tensor;
  }

  static Tensor copy(Tensor tensor) {
    Tensor copy = Tensor.zeros(tensor.shape());
    copy.memory().copyFrom(tensor.memory());
    return copy;
  }

  /** Whether all bits are the same, those of NaNs and of zeros included. */
  static boolean sameBits(Tensor a, Tensor b) {
    return a.memory().mismatch(b.memory()) == -1;
  }
}
