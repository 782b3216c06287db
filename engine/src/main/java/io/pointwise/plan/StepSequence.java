// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.DeviceStream;
import java.util.Optional;

/**
 * The steps of a run as one piece of work, for a context whose operands are the same in every run.
 *
 * <p>The first run is enqueued step by step: what libraries make when they are first used cannot be
 * recorded. The second is recorded, if the device can, and from then on a run is one call.
 */
final class StepSequence implements AutoCloseable {
  private final DeviceStream stream;
  private final Runnable steps;
  private int runs;
  private Optional<DeviceStream.Recording> recording = Optional.empty();

  /**
   * @param steps enqueues all steps
   */
  StepSequence(DeviceStream stream, Runnable steps) {
    this.stream = stream;
    this.steps = steps;
  }

  void enqueue() {
    if (runs == 1) {
      recording = stream.record(steps);
    }
    recording.ifPresentOrElse(DeviceStream.Recording::enqueue, steps);
    // Enough to know the first and the second from all others.
    runs = Math.min(runs + 1, 2);
  }

  @Override
  public void close() {
    recording.ifPresent(DeviceStream.Recording::close);
  }
}
