// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;

/** An operand: exactly what a kernel may touch of it, from the first float to the last. */
final class Extent {
  private final long first;
  private final float[] values;
  private final BitSet used;

  /**
   * @param first where it begins, in bytes from the address that the kernel is given
   * @param values in order; NaN where the kernel has nothing to do
   * @param used which of them the kernel may touch
   */
  private Extent(long first, float[] values, BitSet used) {
    this.first = first;
    this.values = values;
    this.used = used;
  }

  /** Of floats at {@code offsets}, in bytes from the kernel's address. */
  static Extent of(LongStream offsets, DoubleSupplier numbers) {
    long[] sorted = offsets.sorted().distinct().toArray();
    if (sorted.length == 0) {
      return new Extent(0, new float[0], new BitSet());
    }
    long first = sorted[0];
    float[] values = new float[Math.toIntExact((sorted[sorted.length - 1] - first) / 4 + 1)];
    Arrays.fill(values, Float.NaN);
    BitSet used = new BitSet();
    for (long offset : sorted) {
      int place = Math.toIntExact((offset - first) / 4);
      used.set(place);
      values[place] = (float) numbers.getAsDouble();
    }
    return new Extent(first, values, used);
  }

  /** The value at an offset, which must be one of those that the kernel may touch. */
  float get(long offset) {
    int place = Math.toIntExact((offset - first) / 4);
    if (!used.get(place)) {
      throw new AssertionError("offset " + offset + " is not of the operand");
    }
    return values[place];
  }

  /**
   * Copies it to a side of the memory; returns the address for the kernel, 0 without any floats.
   */
  long place(GuardedMemory memory, GuardedMemory.Side side) {
    if (values.length == 0) {
      return 0;
    }
    MemorySegment place = memory.at(side, 4L * values.length);
    MemorySegment.copy(values, 0, place, ValueLayout.JAVA_FLOAT, 0, values.length);
    return place.address() - first;
  }

  /** What lies there now. */
  Extent read(GuardedMemory memory, GuardedMemory.Side side) {
    MemorySegment place = memory.at(side, 4L * values.length);
    return new Extent(first, place.toArray(ValueLayout.JAVA_FLOAT), used);
  }

  /**
   * The first float that differs from the other's bit by bit where no kernel may write; −1 if none.
   */
  int firstChange(Extent other) {
    for (int i = used.nextClearBit(0); i < values.length; i = used.nextClearBit(i + 1)) {
      if (Float.floatToRawIntBits(values[i]) != Float.floatToRawIntBits(other.values[i])) {
        return i;
      }
    }
    return -1;
  }

  boolean same(Extent other) {
    return Arrays.equals(values, other.values);
  }
}
