// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code Split}: parts of a tensor, one behind the other. */
final class Splitting {
  private Splitting() {}

  static List<Value> split(Call call) {
    Value x = call.input();
    int axis = call.axis(call.attributes().integer("axis", 0), x.shape().rank());
    int dim = x.shape().dim(axis);
    List<Long> sizes = sizes(call, dim);
    if (sizes.size() != call.declaredOutputs()) {
      throw call.invalid(
          "it has " + call.declaredOutputs() + " outputs for " + sizes.size() + " parts");
    }
    List<Value> parts = new ArrayList<>();
    long start = 0;
    for (long size : sizes) {
      if (size < 0 || start + size > dim) {
        throw call.invalid("parts " + sizes + " do not add up to " + dim + " along axis " + axis);
      }
      parts.add(Slicing.along(call, x, axis, (int) start, 1, (int) size));
      start += size;
    }
    if (start != dim) {
      throw call.invalid("parts " + sizes + " do not add up to " + dim + " along axis " + axis);
    }
    return parts;
  }

  /** Given by an attribute before opset 13, by an input since, or equal but for the last. */
  private static List<Long> sizes(Call call, int dim) {
    List<Long> given =
        call.has(1) ? call.integers(1, "split") : call.attributes().integers("split");
    if (given != null) {
      return given;
    }
    long count = call.attributes().integer("num_outputs", call.declaredOutputs());
    if (count < 1 || count != call.declaredOutputs()) {
      throw call.invalid(
          "attribute num_outputs is "
              + count
              + ", must be the number of its outputs, "
              + call.declaredOutputs());
    }
    if (call.opset() < 18 && dim % count != 0) {
      throw call.invalid(
          "an axis of size " + dim + " cannot be split into " + count + " equal parts");
    }
    long each = Math.ceilDiv(dim, count);
    List<Long> sizes = new ArrayList<>(Collections.nCopies((int) count, each));
    sizes.set((int) count - 1, dim - each * (count - 1));
    return sizes;
  }
}
