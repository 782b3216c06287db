// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * An ordered queue of work on a device: what is put in first is done first. Used by one thread at a
 * time.
 *
 * <p>Work may be done at any time between the call and the return of {@link #await}; host memory
 * that was handed over must stay alive and untouched until then.
 */
public interface DeviceStream extends AutoCloseable {
  /** Copies host memory into device memory of the same size. */
  void upload(MemorySegment source, BufferSlice target);

  /** Copies device memory into host memory of the same size. */
  void download(BufferSlice source, MemorySegment target);

  /** Marks the moment at which everything enqueued so far is done. */
  TimeMark mark();

  /**
   * Records work instead of doing it, so that all of it can be enqueued again with one call. A
   * device to which that makes no difference need not offer it.
   *
   * @param work enqueues on this stream, and neither waits nor moves data between host and device
   * @return the recording, or empty if the device has none of this work
   */
  default Optional<Recording> record(Runnable work) {
    return Optional.empty();
  }

  /**
   * Waits until everything enqueued is done.
   *
   * @throws DeviceException the first failure of anything that was enqueued since the last call
   */
  void await();

  /** Waits for what is running and releases the stream. The engine closes it once. */
  @Override
  void close();

  /** Work that was recorded on a stream, with the operands that it had then. */
  interface Recording extends AutoCloseable {
    /** Enqueues all of it on its stream. */
    void enqueue();

    /** Releases it; the stream must be idle. The engine closes it once, before the stream. */
    @Override
    void close();
  }

  /** A moment on the device's clock. */
  interface TimeMark {
    /**
     * Nanoseconds since an arbitrary origin of the stream; only after {@link DeviceStream#await}
     * returned.
     */
    long nanos();
  }
}
