// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.DeviceBuffer;
import jcuda.driver.CUdeviceptr;

/** Memory of a CUDA device. */
public final class CudaBuffer implements DeviceBuffer {
  private final Handle<CUdeviceptr> handle;
  private final long bytes;

  CudaBuffer(Handle<CUdeviceptr> handle, long bytes) {
    this.handle = handle;
    this.bytes = bytes;
  }

  /** Its address. */
  public CUdeviceptr address() {
    return handle.get();
  }

  /** The address of a part of a buffer. */
  public static CUdeviceptr address(BufferSlice slice) {
    return ((CudaBuffer) slice.buffer()).address().withByteOffset(slice.offset());
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    handle.close();
  }
}
