// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.DeviceStream;
import java.lang.foreign.MemorySegment;

/** The CPU device's queue: everything is done within the call that enqueues it. */
final class CpuStream implements DeviceStream {
  @Override
  public void upload(MemorySegment source, BufferSlice target) {
    CpuBuffer.memory(target).copyFrom(source);
  }

  @Override
  public void download(BufferSlice source, MemorySegment target) {
    target.copyFrom(CpuBuffer.memory(source));
  }

  @Override
  public TimeMark mark() {
    long now = System.nanoTime();
    return () -> now;
  }

  @Override
  public void await() {}

  @Override
  public void close() {}
}
