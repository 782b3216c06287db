// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.file;

import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.LoadLimits;
import io.pointwise.onnx.OnnxException;
import io.pointwise.tensor.Shape;

/** Counts the bytes of the tensors that are made while a model is loaded, before they are made. */
public final class Budget {
  private final long limit;
  private long used;

  public Budget(LoadLimits limits) {
    this.limit = limits.tensorBytes();
  }

  /**
   * Takes the memory of a tensor.
   *
   * @throws OnnxException if that is more than what is left
   */
  public void take(String what, ElementType type, Shape shape) {
    // As they are held: whole numbers and float64 as 64 bits, all others as float32.
    long each = type.isFloat() ? Float.BYTES : Double.BYTES;
    if (shape.elements() > (limit - used) / each) {
      throw new OnnxException(
          what
              + " of shape "
              + shape
              + " and type "
              + type
              + " needs more memory than is left of the limit of "
              + limit
              + " bytes for the tensors of a model");
    }
    if (!type.isFloat() && shape.elements() > Integer.MAX_VALUE - 8) {
      throw new OnnxException(
          what
              + " of shape "
              + shape
              + " and type "
              + type
              + " has more than "
              + (Integer.MAX_VALUE - 8)
              + " elements, the limit for a type that is not float32");
    }
    used += shape.elements() * each;
  }
}
