// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Values of channels in the order in which kernels on NCHWc read them, made once at planning. */
final class ChannelPanels {
  private final MemorySegment memory;
  private final long blockBytes;

  private ChannelPanels(MemorySegment memory, long blockBytes) {
    this.memory = memory;
    this.blockBytes = blockBytes;
  }

  /**
   * From {@code [channels][each]} to {@code [blocks][each][lanes]}, zeros where there is no
   * channel.
   */
  static ChannelPanels pack(float[] values, int each, int lanes, Arena arena) {
    int channels = values.length / each;
    int blocks = Math.ceilDiv(channels, lanes);
    long blockFloats = (long) each * lanes;
    MemorySegment memory = arena.allocate(blocks * blockFloats * Float.BYTES, Tensor.ALIGNMENT);
    for (int channel = 0; channel < channels; channel++) {
      long first = channel / lanes * blockFloats + channel % lanes;
      for (int i = 0; i < each; i++) {
        float value = values[channel * each + i];
        memory.setAtIndex(ValueLayout.JAVA_FLOAT, first + (long) i * lanes, value);
      }
    }
    return new ChannelPanels(memory, blockFloats * Float.BYTES);
  }

  /** Of the first block. */
  long address() {
    return memory.address();
  }

  /** From one block to the next. */
  long blockBytes() {
    return blockBytes;
  }

  long bytes() {
    return memory.byteSize();
  }
}
