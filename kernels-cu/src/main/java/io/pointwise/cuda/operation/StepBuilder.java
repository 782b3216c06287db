// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.CudaBuffer;
import io.pointwise.cuda.host.DeviceFacts;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.kernel.IndexWidth;
import io.pointwise.device.kernel.StepOutline;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Collects what a step holds and enqueues; gives it all back if the step cannot be made. */
final class StepBuilder implements StepOutline {
  private final Tools tools;
  private final Step step;
  private final long workspaceBytes;
  private final IndexWidth width;
  private final Owned owned = new Owned();
  private final List<Action> actions = new ArrayList<>();
  private long weightBytes;

  /**
   * @param workspaceBytes scratch memory that a run of the step will have
   * @param elements the largest number of elements of any buffer that is not an input or the output
   */
  StepBuilder(Tools tools, Step step, long workspaceBytes, long elements) {
    this.tools = tools;
    this.step = step;
    this.workspaceBytes = workspaceBytes;
    this.width = IndexWidth.of(step, elements);
  }

  @Override
  public Step step() {
    return step;
  }

  Tools tools() {
    return tools;
  }

  DeviceFacts facts() {
    return tools.context().facts();
  }

  long workspaceBytes() {
    return workspaceBytes;
  }

  IndexWidth width() {
    return width;
  }

  Owned owned() {
    return owned;
  }

  @Override
  public CudaBuffer weights(Tensor tensor) {
    weightBytes += tensor.shape().bytes();
    return own(tools.context().upload(tensor.memory()));
  }

  @Override
  public CudaBuffer packed(long elements, Packing packing) {
    weightBytes += elements * Float.BYTES;
    return uploaded(elements * Float.BYTES, packing);
  }

  @Override
  public CudaBuffer table(List<Long> values) {
    return uploaded(values.size() * width.bytes(), target -> width.pack(values, target));
  }

  private CudaBuffer uploaded(long bytes, Packing packing) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(bytes, Tensor.ALIGNMENT);
      packing.pack(memory);
      return own(tools.context().upload(memory));
    }
  }

  private CudaBuffer own(CudaBuffer buffer) {
    owned.add(buffer);
    return buffer;
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
    add((stream, buffers) -> stream.copy(buffers.inputs().getFirst(), buffers.output()));
  }

  PreparedStep build() {
    return new CudaStep(actions, owned, weightBytes);
  }
}
