// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * An open device. Safe to use by several threads; streams are not. Closing it while plans made for
 * it are open is an error of the caller's.
 *
 * <p>A device may be asynchronous and its memory may be out of the host's sight: the engine only
 * allocates, uploads, enqueues, downloads and awaits.
 */
public interface Device extends AutoCloseable {
  DeviceInfo info();

  /**
   * The device's algorithms in order of preference: the planner takes the first that accepts a
   * step.
   */
  List<Algorithm> algorithms();

  /** Alignment in bytes, a power of two, that the device needs of slices. */
  default long alignment() {
    return 64;
  }

  /**
   * What decides its speed or its choices beside {@link #info}: threads, vector width, options that
   * it was opened with. Measurements made in one configuration are not used in another.
   */
  default String configuration() {
    return "";
  }

  /**
   * Sentences for people about how this device runs here: a slow tier in use and the flag that
   * would help.
   */
  default List<String> notices() {
    return List.of();
  }

  /**
   * Allocates memory.
   *
   * @throws OutOfDeviceMemoryException if there is not enough; the device stays usable
   */
  DeviceBuffer allocate(long bytes);

  /**
   * Whether the device works in host memory without copies, so that {@link #wrap} takes any
   * tensor's memory.
   */
  default boolean sharesHostMemory() {
    return false;
  }

  /**
   * A buffer over host memory, for devices that {@linkplain #sharesHostMemory share} it. Closing
   * the buffer leaves the memory alone. A run wraps its inputs and outputs and closes the buffers
   * when all is done.
   *
   * @param hostMemory native memory aligned to {@link io.pointwise.tensor.Tensor#ALIGNMENT}
   * @throws UnsupportedOperationException if the device has memory of its own
   */
  default DeviceBuffer wrap(MemorySegment hostMemory) {
    throw new UnsupportedOperationException(info().id() + " has memory of its own");
  }

  /** A new stream. */
  DeviceStream openStream();

  /** Releases the device. */
  @Override
  void close();
}
