// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

/** Memory of a device. What is in it after allocation is arbitrary. */
public interface DeviceBuffer extends AutoCloseable {
  /** Size in bytes. */
  long bytes();

  /** A part of it. */
  default BufferSlice slice(long offset, long bytes) {
    return new BufferSlice(this, offset, bytes);
  }

  /** All of it. */
  default BufferSlice whole() {
    return slice(0, bytes());
  }

  /** Releases the memory; no stream may be using it. The engine closes it once. */
  @Override
  void close();
}
