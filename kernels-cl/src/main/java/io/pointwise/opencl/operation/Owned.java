// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.opencl.host.ClBuffer;
import io.pointwise.opencl.host.ClKernel;
import java.util.ArrayList;
import java.util.List;

/** The kernels and buffers that a step holds. */
final class Owned implements AutoCloseable {
  private final List<ClKernel> kernels = new ArrayList<>();
  private final List<ClBuffer> buffers = new ArrayList<>();

  ClKernel add(ClKernel kernel) {
    kernels.add(kernel);
    return kernel;
  }

  ClBuffer add(ClBuffer buffer) {
    buffers.add(buffer);
    return buffer;
  }

  @Override
  public void close() {
    kernels.forEach(ClKernel::close);
    buffers.forEach(ClBuffer::close);
  }
}
