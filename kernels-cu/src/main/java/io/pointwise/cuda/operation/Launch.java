// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.CudaBuffer;
import io.pointwise.cuda.host.CudaKernel;
import io.pointwise.cuda.host.CudaStream;
import io.pointwise.device.StepBuffers;
import io.pointwise.device.kernel.Place;
import java.util.List;
import jcuda.NativePointerObject;
import jcuda.Pointer;

/** A kernel over its threads. All arguments are known but the buffers of a run. */
final class Launch implements Action {
  /** One argument of a kernel. */
  sealed interface Argument {}

  /**
   * The same in all runs.
   *
   * @param value pointer to it
   */
  record Fixed(Pointer value) implements Argument {}

  /**
   * A buffer of a run.
   *
   * @param place which
   */
  record Placed(Place place) implements Argument {}

  private final CudaKernel kernel;
  private final List<Argument> arguments;
  private final int blocks;
  private final int threads;

  Launch(CudaKernel kernel, List<Argument> arguments, int blocks, int threads) {
    this.kernel = kernel;
    this.arguments = List.copyOf(arguments);
    this.blocks = blocks;
    this.threads = threads;
  }

  @Override
  public void enqueue(CudaStream stream, StepBuffers buffers) {
    // The driver reads the arguments before the call returns.
    NativePointerObject[] values = new NativePointerObject[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (arguments.get(i)) {
            case Fixed(Pointer value) -> value;
            case Placed(Place place) -> Pointer.to(CudaBuffer.address(place.in(buffers)));
          };
    }
    kernel.launch(stream, blocks, threads, Pointer.to(values));
  }
}
