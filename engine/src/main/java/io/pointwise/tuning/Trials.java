// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import io.pointwise.device.Closing;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceStream;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The trials of a step's contenders: one stream and one set of inputs for all. */
final class Trials implements AutoCloseable {
  private final Device device;
  private final Contest contest;
  private final DeviceStream stream;
  private final TrialInputs inputs;
  private final List<Trial> open = new ArrayList<>();

  Trials(Device device, Contest contest, List<Tensor> inputs) {
    this.device = device;
    this.contest = contest;
    this.stream = device.openStream();
    this.inputs = new TrialInputs(device, stream, inputs);
  }

  /** Makes one ready to run. */
  Trial open(Contender contender) {
    Trial trial = new Trial(device, stream, contest, contender);
    open.add(trial);
    trial.prepare(inputs);
    return trial;
  }

  /** After a failure: waits for what is under way, so that no later trial is told of it. */
  void settle() {
    try {
      stream.await();
    } catch (DeviceException e) {
      // Of the work that has failed already.
      return;
    }
  }

  @Override
  public void close() {
    List<AutoCloseable> all = new ArrayList<>();
    open.forEach(trial -> all.addAll(trial.recordings()));
    // Waits for what still uses the memory.
    all.add(stream);
    all.addAll(open.reversed());
    all.add(inputs);
    Closing.all(all);
  }
}
