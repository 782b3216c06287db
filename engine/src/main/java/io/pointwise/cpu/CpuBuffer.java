// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.DeviceBuffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Memory of the CPU device: host memory, its own or a caller's. */
public final class CpuBuffer implements DeviceBuffer {
  private final MemorySegment memory;
  private final @Nullable Arena owner;

  private CpuBuffer(MemorySegment memory, @Nullable Arena owner) {
    this.memory = memory;
    this.owner = owner;
  }

  static CpuBuffer allocate(long bytes) {
    Arena arena = Arena.ofShared();
    try {
      return new CpuBuffer(arena.allocate(bytes, CpuDevice.ALIGNMENT), arena);
    } catch (OutOfMemoryError e) {
      arena.close();
      throw e;
    }
  }

  static CpuBuffer over(MemorySegment memory) {
    return new CpuBuffer(memory, null);
  }

  /** The host memory behind a slice of a CPU buffer. */
  public static MemorySegment memory(BufferSlice slice) {
    CpuBuffer buffer = (CpuBuffer) slice.buffer();
    return buffer.memory.asSlice(slice.offset(), slice.bytes());
  }

  @Override
  public long bytes() {
    return memory.byteSize();
  }

  @Override
  public void close() {
    if (owner != null && owner.scope().isAlive()) {
      owner.close();
    }
  }
}
