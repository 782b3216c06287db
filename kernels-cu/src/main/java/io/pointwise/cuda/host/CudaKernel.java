// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.util.function.Supplier;
import jcuda.Pointer;
import jcuda.driver.CUfunction;
import jcuda.driver.JCudaDriver;

/**
 * A kernel of a loaded module; goes with the module. Holds no arguments, so that several threads
 * may launch it at once, each on its own stream.
 */
public final class CudaKernel {
  private final String name;
  private final CUfunction function;

  CudaKernel(String name, CUfunction function) {
    this.name = name;
    this.function = function;
  }

  /**
   * Enqueues the kernel; the context must be current.
   *
   * @param blocks along the first dimension
   * @param threads of a block
   * @param arguments a pointer to pointers to the arguments
   */
  public void launch(CudaStream stream, int blocks, int threads, Pointer arguments) {
    Supplier<String> asked = () -> name + " over " + blocks + " blocks of " + threads + " threads";
    Status.driver(
        JCudaDriver.cuLaunchKernel(
            function, blocks, 1, 1, threads, 1, 1, 0, stream.handle(), arguments, null),
        "cuLaunchKernel",
        asked);
  }
}
