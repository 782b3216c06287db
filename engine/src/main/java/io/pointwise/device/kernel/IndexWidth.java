// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import io.pointwise.device.Step;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Width of the indices that kernels of a step compute with. */
public enum IndexWidth {
  /** 32 bits. */
  NARROW("int", Integer.BYTES),
  /** 64 bits. */
  WIDE("long", Long.BYTES);

  /** Half of what 32 bits hold, for sums of two indices. */
  private static final long LIMIT = 1L << 30;

  private final String type;
  private final long bytes;

  IndexWidth(String type, int bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  /**
   * Wide where some tensor needs it.
   *
   * @param elements the largest number of elements of any buffer that is not an input or the output
   */
  public static IndexWidth of(Step step, long elements) {
    long most = Math.max(elements, step.output().elements());
    for (Shape input : step.inputs()) {
      most = Math.max(most, input.elements());
    }
    return most >= LIMIT ? WIDE : NARROW;
  }

  /** The type in a kernel's source. */
  public String type() {
    return type;
  }

  /** Its size. */
  public long bytes() {
    return bytes;
  }

  /** Writes a table of indices. */
  public void pack(List<Long> values, MemorySegment target) {
    for (int i = 0; i < values.size(); i++) {
      switch (this) {
        case NARROW -> target.setAtIndex(ValueLayout.JAVA_INT, i, Math.toIntExact(values.get(i)));
        case WIDE -> target.setAtIndex(ValueLayout.JAVA_LONG, i, values.get(i));
      }
    }
  }
}
