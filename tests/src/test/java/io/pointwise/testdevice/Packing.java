// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import io.pointwise.reference.Expected;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.LongFunction;

/** Moves elements between a device layout and the row-major order of tensors. */
final class Packing {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

  private Packing() {}

  static Tensor unpack(MemorySegment memory, Shape shape, Layout layout) {
    Tensor tensor = Tensor.zeros(shape);
    for (long i = 0; i < shape.elements(); i++) {
      tensor.set(i, memory.getAtIndex(FLOAT, index(shape, layout, i)));
    }
    return tensor;
  }

  static void pack(Expected values, MemorySegment memory, Layout layout) {
    pack(i -> (float) values.value(i), values.shape(), memory, layout);
  }

  static void pack(Tensor values, MemorySegment memory, Layout layout) {
    pack(values::get, values.shape(), memory, layout);
  }

  private static void pack(
      LongFunction<Float> values, Shape shape, MemorySegment memory, Layout layout) {
    // The padding of channel blocks must be zero.
    memory.fill((byte) 0);
    for (long i = 0; i < shape.elements(); i++) {
      memory.setAtIndex(FLOAT, index(shape, layout, i), values.apply(i));
    }
  }

  private static long index(Shape shape, Layout layout, long i) {
    if (layout.equals(Layout.NCHW)) {
      return i;
    }
    int w = (int) (i % shape.dim(3));
    int h = (int) (i / shape.dim(3) % shape.dim(2));
    int c = (int) (i / shape.elements(2, 4) % shape.dim(1));
    int n = (int) (i / shape.elements(1, 4));
    return layout.index(shape, n, c, h, w);
  }
}
