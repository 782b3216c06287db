// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.Step;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What a recipe says of a step: the buffers that it holds and the kernels that it enqueues, in
 * order. Each device whose kernels have the same arguments implements it for itself.
 */
public interface StepOutline {
  /** Fills memory of the host, which is zero before. */
  @FunctionalInterface
  interface Packing {
    void pack(MemorySegment target);
  }

  /** The step. */
  Step step();

  /** Puts a weight tensor on the device as it is; the step owns the buffer. */
  DeviceBuffer weights(Tensor tensor);

  /** Puts so many packed weights on the device, zero where the packing sets none. */
  DeviceBuffer packed(long elements, Packing packing);

  /** Puts integers on the device as kernels index with them. */
  DeviceBuffer table(List<Long> values);

  /** A kernel to be enqueued behind what is there. */
  LaunchOutline launch(String kernel);

  /** Copies the first input to the output. */
  void copy();
}
