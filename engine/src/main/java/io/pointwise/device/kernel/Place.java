// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import io.pointwise.device.BufferSlice;
import io.pointwise.device.StepBuffers;

/** Which of a step's buffers an argument of a kernel is. */
public sealed interface Place {
  /** An input of the step; the residual is the last. */
  record Input(int index) implements Place {}

  /** The output. */
  record Output() implements Place {}

  /** The scratch memory from an element on. */
  record Workspace(long from) implements Place {}

  /** Where that is in a run. */
  default BufferSlice in(StepBuffers buffers) {
    return switch (this) {
      case Input(int index) -> buffers.inputs().get(index);
      case Output() -> buffers.output();
      case Workspace(long from) -> {
        BufferSlice all = buffers.workspace();
        long bytes = from * Float.BYTES;
        yield all.buffer().slice(all.offset() + bytes, all.bytes() - bytes);
      }
    };
  }
}
