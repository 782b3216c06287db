// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

/**
 * A part of a device's memory.
 *
 * @param buffer the whole
 * @param offset in bytes; a multiple of {@link Device#alignment()} for slices that the planner
 *     makes
 * @param bytes its size
 */
public record BufferSlice(DeviceBuffer buffer, long offset, long bytes) {
  public BufferSlice {
    if (offset < 0 || bytes < 0 || offset > buffer.bytes() - bytes) {
      throw new IndexOutOfBoundsException(
          "slice of "
              + bytes
              + " bytes at "
              + offset
              + " of a buffer of "
              + buffer.bytes()
              + " bytes");
    }
  }
}
