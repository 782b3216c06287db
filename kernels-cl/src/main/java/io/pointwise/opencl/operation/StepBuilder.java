// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.kernel.IndexWidth;
import io.pointwise.device.kernel.StepOutline;
import io.pointwise.opencl.host.ClBuffer;
import io.pointwise.opencl.host.ClContext;
import io.pointwise.opencl.host.DeviceFacts;
import io.pointwise.opencl.host.Programs;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Collects what a step holds and enqueues; gives it all back if the step cannot be made. */
final class StepBuilder implements StepOutline {
  private final ClContext context;
  private final Programs programs;
  private final LineSharing lineSharing;
  private final Step step;
  private final IndexWidth width;
  private final Owned owned = new Owned();
  private final List<Action> actions = new ArrayList<>();
  private long weightBytes;

  /**
   * @param elements the largest number of elements of any buffer that is not an input or the output
   */
  StepBuilder(ClAlgorithm.Tools tools, Step step, long elements) {
    this.context = tools.context();
    this.programs = tools.programs();
    this.lineSharing = tools.lineSharing();
    this.step = step;
    this.width = IndexWidth.of(step, elements);
  }

  @Override
  public Step step() {
    return step;
  }

  DeviceFacts facts() {
    return context.facts();
  }

  Programs programs() {
    return programs;
  }

  IndexWidth width() {
    return width;
  }

  LineSharing lineSharing() {
    return lineSharing;
  }

  Owned owned() {
    return owned;
  }

  @Override
  public ClBuffer weights(Tensor tensor) {
    weightBytes += tensor.shape().bytes();
    return owned.add(context.upload(tensor.memory()));
  }

  @Override
  public ClBuffer packed(long elements, Packing packing) {
    weightBytes += elements * Float.BYTES;
    return uploaded(elements * Float.BYTES, packing);
  }

  @Override
  public ClBuffer table(List<Long> values) {
    return uploaded(values.size() * width.bytes(), target -> width.pack(values, target));
  }

  private ClBuffer uploaded(long bytes, Packing packing) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(bytes, Tensor.ALIGNMENT);
      packing.pack(memory);
      return owned.add(context.upload(memory));
    }
  }

  @Override
  public LaunchBuilder launch(String kernel) {
    return new LaunchBuilder(this, kernel);
  }

  void add(Action action) {
    actions.add(action);
  }

  @Override
  public void copy() {
    add(
        (stream, buffers) -> {
          BufferSlice from = buffers.inputs().getFirst();
          stream.copy(from, buffers.output());
        });
  }

  PreparedStep build() {
    return new ClStep(actions, owned, weightBytes);
  }
}
