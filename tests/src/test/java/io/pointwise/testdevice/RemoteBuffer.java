// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.DeviceBuffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;

/** Memory that only the device's workers see. Fresh memory is NaN. */
final class RemoteBuffer implements DeviceBuffer {
  private final Ledger ledger;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;

  /** Work that was put on a stream and has not been done. */
  private final AtomicInteger pending = new AtomicInteger();

  RemoteBuffer(long bytes, long alignment, Ledger ledger) {
    this.ledger = ledger;
    this.memory = arena.allocate(bytes, alignment);
    for (long at = 0; at + Float.BYTES <= bytes; at += Float.BYTES) {
      memory.set(ValueLayout.JAVA_FLOAT, at, Float.NaN);
    }
    ledger.buffers().incrementAndGet();
  }

  /** The memory behind a slice; for workers only. */
  static MemorySegment memory(BufferSlice slice) {
    return of(slice).memory.asSlice(slice.offset(), slice.bytes());
  }

  static RemoteBuffer of(BufferSlice slice) {
    return (RemoteBuffer) slice.buffer();
  }

  void begin() {
    pending.incrementAndGet();
  }

  void end() {
    pending.decrementAndGet();
  }

  @Override
  public long bytes() {
    return memory.byteSize();
  }

  @Override
  public void close() {
    if (!arena.scope().isAlive()) {
      ledger.violation("a buffer was closed twice");
      return;
    }
    if (pending.get() > 0) {
      ledger.violation("a buffer was closed while a stream was using it");
    }
    ledger.buffers().decrementAndGet();
    arena.close();
  }
}
