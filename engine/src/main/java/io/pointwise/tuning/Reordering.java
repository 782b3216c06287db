// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import io.pointwise.device.Algorithm;
import io.pointwise.device.BufferSlice;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceStream;
import io.pointwise.device.Epilogue;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Precision;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.StepBuffers;
import io.pointwise.device.Support;
import io.pointwise.layer.Reorder;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import java.util.List;

/** A change of layout, by the first algorithm of the device that does it, as in a plan. */
final class Reordering implements AutoCloseable {
  private final PreparedStep prepared;
  private final DeviceBuffer workspace;

  private Reordering(PreparedStep prepared, DeviceBuffer workspace) {
    this.prepared = prepared;
    this.workspace = workspace;
  }

  static Reordering of(Device device, Shape shape, Layout from, Layout to) {
    Reorder reorder = new Reorder(from, to);
    Step step = new Step("to " + to, reorder, List.of(shape), shape, Epilogue.NONE, Precision.FP32);
    for (Algorithm algorithm : device.algorithms()) {
      if (algorithm.check(step) instanceof Support.Yes yes) {
        LayoutChoice choice = yes.choices().getFirst();
        PreparedStep prepared = algorithm.prepare(step, choice, Weights.none());
        try {
          return new Reordering(prepared, device.allocate(choice.workspaceBytes()));
        } catch (RuntimeException | Error e) {
          prepared.close();
          throw e;
        }
      }
    }
    throw new DeviceException(
        device.info().id() + ": no algorithm reorders " + from + " to " + to + " for " + shape);
  }

  void enqueue(DeviceStream stream, BufferSlice from, BufferSlice to) {
    prepared.enqueue(stream, new StepBuffers(List.of(from), to, workspace.whole()));
  }

  @Override
  public void close() {
    try (prepared;
        workspace) {
      // Both are closed, whatever one of them says.
    }
  }
}
