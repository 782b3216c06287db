// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.StepBuffers;
import io.pointwise.device.kernel.Place;
import io.pointwise.opencl.host.ClBuffer;
import io.pointwise.opencl.host.ClKernel;
import io.pointwise.opencl.host.ClStream;
import java.util.Map;

/**
 * A kernel over its work-items. All arguments are set but the buffers of a run: of each the memory
 * and, as the next argument, where in it the operand begins, in elements.
 */
final class Launch implements Action {
  private final ClKernel kernel;
  private final Map<Integer, Place> places;
  private final long[] global;
  private final long[] local;

  /**
   * @param places arguments that are buffers of a run, by position
   * @param global number of work-items
   * @param local number of work-items of a group
   */
  Launch(ClKernel kernel, Map<Integer, Place> places, long global, long local) {
    this.kernel = kernel;
    this.places = Map.copyOf(places);
    this.global = new long[] {global};
    this.local = new long[] {local};
  }

  @Override
  public void enqueue(ClStream stream, StepBuffers buffers) {
    synchronized (kernel) {
      places.forEach((argument, place) -> bind(argument, place.in(buffers)));
      kernel.enqueue(stream, global, local);
    }
  }

  private void bind(int argument, BufferSlice slice) {
    kernel.set(argument, (ClBuffer) slice.buffer());
    kernel.set(argument + 1, slice.offset() / Float.BYTES);
  }
}
