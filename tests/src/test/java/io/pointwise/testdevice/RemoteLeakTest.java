// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import org.junit.jupiter.api.Test;

/** What the engine takes from a device it gives back. */
final class RemoteLeakTest {
  private final Workload workload = Workload.branches(1);

  @Test
  void aBlueprintTakesNothing() {
    try (RemoteDevice device = new RemoteDevice(1, 0)) {
      Planner.blueprint(workload.network(), device, PlanOptions.DEFAULT);
      device.ledger().requireClean();
    }
  }

  @Test
  void aPlanHoldsItsStepsAndAsManyContextsAsWereUsed() {
    try (RemoteDevice device = new RemoteDevice(1, 0)) {
      Plan plan = Planner.plan(workload.network(), device);
      assertEquals(plan.blueprint().steps().size(), device.ledger().steps().get());
      assertEquals(0, device.ledger().buffers().get(), "buffers before the first run");
      for (int run = 0; run < 3; run++) {
        workload.requireRight(plan);
        assertEquals(1, device.ledger().buffers().get(), "buffers after a run");
        assertEquals(1, device.ledger().streams().get(), "streams after a run");
      }
      plan.close();
      device.ledger().requireClean();
    }
  }

  @Test
  void closingAPlanTwiceClosesItsStepsOnce() {
    try (RemoteDevice device = new RemoteDevice(1, 0)) {
      Plan plan = Planner.plan(workload.network(), device);
      workload.requireRight(plan);
      plan.close();
      plan.close();
      device.ledger().requireClean();
    }
  }

  @Test
  void weightsAreCountedOnTheDevice() {
    try (RemoteDevice device = new RemoteDevice(1, 0);
        Plan plan = Planner.plan(workload.network(), device)) {
      assertEquals(workload.network().cost().parameters() * Float.BYTES, plan.weightBytes());
      assertTrue(plan.weightBytes() > 0);
    }
  }
}
