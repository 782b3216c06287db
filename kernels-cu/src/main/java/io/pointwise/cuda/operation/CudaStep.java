// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.CudaContext;
import io.pointwise.cuda.host.CudaStream;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.StepBuffers;
import java.util.List;

/** A step ready to run: what it enqueues, in order, and the native objects behind it. */
final class CudaStep implements PreparedStep {
  private final List<Action> actions;
  private final Owned owned;
  private final long weightBytes;

  CudaStep(List<Action> actions, Owned owned, long weightBytes) {
    this.actions = List.copyOf(actions);
    this.owned = owned;
    this.weightBytes = weightBytes;
  }

  @Override
  public void enqueue(DeviceStream stream, StepBuffers buffers) {
    if (!(stream instanceof CudaStream cuda)) {
      throw new DeviceException("a step of a CUDA device was put on another device's stream");
    }
    try (CudaContext.Scope _ = cuda.context().enter()) {
      for (Action action : actions) {
        action.enqueue(cuda, buffers);
      }
    }
  }

  @Override
  public long weightBytes() {
    return weightBytes;
  }

  @Override
  public void close() {
    owned.close();
  }
}
