// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.CudaBuffer;
import io.pointwise.device.StepBuffers;
import jcuda.driver.CUdeviceptr;

/** Where a library finds a matrix or tensor of a step in a run. */
@FunctionalInterface
interface Operand {
  /** Its address. */
  CUdeviceptr in(StepBuffers buffers);

  /** A buffer that the step holds. */
  static Operand held(CudaBuffer buffer) {
    return _ -> buffer.address();
  }

  /** An input of the step; the residual is the last. */
  static Operand input(int index) {
    return buffers -> CudaBuffer.address(buffers.inputs().get(index));
  }

  /** The output. */
  static Operand output() {
    return buffers -> CudaBuffer.address(buffers.output());
  }

  /** The scratch memory from a byte on. */
  static Operand workspace(long offset) {
    return buffers -> CudaBuffer.address(buffers.workspace()).withByteOffset(offset);
  }
}
