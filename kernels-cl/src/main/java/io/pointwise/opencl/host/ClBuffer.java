// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.host;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.DeviceBuffer;
import org.jocl.cl_mem;

/** Memory of an OpenCL device. */
public final class ClBuffer implements DeviceBuffer {
  private final Handle<cl_mem> handle;
  private final long bytes;

  ClBuffer(Handle<cl_mem> handle, long bytes) {
    this.handle = handle;
    this.bytes = bytes;
  }

  cl_mem handle() {
    return handle.get();
  }

  static cl_mem handle(BufferSlice slice) {
    return ((ClBuffer) slice.buffer()).handle();
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
