// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.plan.Plan;
import io.pointwise.plan.Planner;
import io.pointwise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run is recorded when the one before it went through, then replayed; a profile never is. */
final class RemoteRecordingTest {
  private final Workload workload = Workload.branches(1);

  @Test
  void theSecondRunIsRecordedAndEachFromThenOnReplayed() {
    try (RemoteDevice device = new RemoteDevice(1, 0);
        Plan plan = Planner.plan(workload.network(), device)) {
      for (int run = 0; run < 5; run++) {
        workload.requireRight(plan);
        assertEquals(run, device.ledger().replays().get());
        assertEquals(run == 0 ? 0 : 1, device.ledger().recordings().get());
      }
    }
  }

  @Test
  void aProfileTakesStepAfterStep() {
    try (RemoteDevice device = new RemoteDevice(1, 0);
        Plan plan = Planner.plan(workload.network(), device)) {
      workload.requireRight(plan);
      workload.requireRight(plan);
      List<Tensor> outputs =
          workload.network().outputs().stream()
              .map(name -> Tensor.zeros(workload.network().shape(name)))
              .toList();
      List<Tensor> inputs =
          workload.network().inputs().values().stream().map(Tensor::zeros).toList();
      assertEquals(
          plan.blueprint().steps().size(), plan.profile(inputs, outputs).stepNanos().size());
      assertEquals(1, device.ledger().replays().get());
      workload.requireRight(plan);
      assertEquals(2, device.ledger().replays().get());
    }
  }
}
