// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.StepBuffers;
import io.pointwise.opencl.host.ClStream;
import java.util.List;

/** A step ready to run: what it enqueues, in order, and the native objects behind it. */
final class ClStep implements PreparedStep {
  private final List<Action> actions;
  private final Owned owned;
  private final long weightBytes;

  ClStep(List<Action> actions, Owned owned, long weightBytes) {
    this.actions = List.copyOf(actions);
    this.owned = owned;
    this.weightBytes = weightBytes;
  }

  @Override
  public void enqueue(DeviceStream stream, StepBuffers buffers) {
    if (!(stream instanceof ClStream queue)) {
      throw new DeviceException("a step of an OpenCL device was put on another device's stream");
    }
    for (Action action : actions) {
      action.enqueue(queue, buffers);
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
