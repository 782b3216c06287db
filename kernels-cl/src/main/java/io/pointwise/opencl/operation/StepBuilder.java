// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.opencl.host.ClBuffer;
import io.pointwise.opencl.host.ClContext;
import io.pointwise.opencl.host.DeviceFacts;
import io.pointwise.opencl.host.Programs;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Collects what a step holds and enqueues; gives it all back if the step cannot be made. */
final class StepBuilder {
  /** From here on indices are 64 bits wide. Half of what 32 bits hold, for sums of two of them. */
  private static final long WIDE = 1L << 30;

  /** Fills memory of the host. */
  @FunctionalInterface
  interface Packing {
    void pack(MemorySegment target);
  }

  private final ClContext context;
  private final Programs programs;
  private final LineSharing lineSharing;
  private final Step step;
  private final boolean wide;
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
    long most = Math.max(elements, step.output().elements());
    for (Shape input : step.inputs()) {
      most = Math.max(most, input.elements());
    }
    this.wide = most >= WIDE;
  }

  Step step() {
    return step;
  }

  DeviceFacts facts() {
    return context.facts();
  }

  Programs programs() {
    return programs;
  }

  LineSharing lineSharing() {
    return lineSharing;
  }

  boolean wide() {
    return wide;
  }

  Owned owned() {
    return owned;
  }

  /** Puts a weight tensor on the device as it is. */
  ClBuffer weights(Tensor tensor) {
    weightBytes += tensor.shape().bytes();
    return owned.add(context.upload(tensor.memory()));
  }

  /** Puts so many packed weights on the device, zero where the packing sets none. */
  ClBuffer packed(long elements, Packing packing) {
    weightBytes += elements * Float.BYTES;
    return uploaded(elements * Float.BYTES, packing);
  }

  /** Puts integers on the device as kernels index with them. */
  ClBuffer table(List<Long> values) {
    long width = wide ? Long.BYTES : Integer.BYTES;
    return uploaded(
        values.size() * width,
        target -> {
          for (int i = 0; i < values.size(); i++) {
            if (wide) {
              target.setAtIndex(ValueLayout.JAVA_LONG, i, values.get(i));
            } else {
              target.setAtIndex(ValueLayout.JAVA_INT, i, Math.toIntExact(values.get(i)));
            }
          }
        });
  }

  private ClBuffer uploaded(long bytes, Packing packing) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(bytes, Tensor.ALIGNMENT);
      packing.pack(memory);
      return owned.add(context.upload(memory));
    }
  }

  /** A kernel to be enqueued behind what is there. */
  LaunchBuilder launch(String kernel) {
    return new LaunchBuilder(this, kernel);
  }

  void add(Action action) {
    actions.add(action);
  }

  /** Copies the first input to the output. */
  void copy() {
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
