// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.DeviceException;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Candidate;
import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.PlannedStep;
import io.pointwise.plan.Planner;
import io.pointwise.testdevice.Faults.Kind;
import io.pointwise.tuning.Origin;
import io.pointwise.tuning.Tuning;
import io.pointwise.tuning.TuningEffort;
import io.pointwise.tuning.TuningObserver;
import io.pointwise.tuning.TuningStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Measuring on a device that is late, out of sight, has layouts and counts what is left open. */
final class RemoteTuningTest {
  private static final int DELAY_NANOS = 20_000;
  private static final TuningEffort EFFORT =
      new TuningEffort(Duration.ZERO, 2, Duration.ofNanos(1));

  @TempDir private Path folder;
  private final Workload workload = Workload.branches(1);
  private final List<String> warnings = new ArrayList<>();

  private PlanOptions measuring(boolean again) {
    TuningStore store = new TuningStore(folder, warnings::add);
    return PlanOptions.DEFAULT.withTuning(
        new Tuning.Measured(store, EFFORT, again, TuningObserver.NONE));
  }

  @Test
  void candidatesInOtherLayoutsAreMeasuredAndNothingStaysOpen() {
    try (RemoteDevice device = new RemoteDevice(1, DELAY_NANOS)) {
      Blueprint blueprint = Planner.blueprint(workload.network(), device, measuring(false));
      device.ledger().requireClean();
      int measured = 0;
      for (PlannedStep step : blueprint.steps()) {
        if (step.origin() != Origin.HEURISTIC) {
          measured++;
          for (Candidate candidate : step.candidates()) {
            assertTrue(candidate.verdict() != Candidate.Verdict.REJECTED, candidate::toString);
            if (candidate.accepts()) {
              assertNotNull(candidate.medianNanos(), candidate::toString);
            }
          }
        }
      }
      assertTrue(measured >= 5, measured + " steps were measured");
      try (Plan plan = Plan.prepare(blueprint, device)) {
        workload.requireRight(plan);
      }
      assertTrue(device.ledger().replays().get() > 0, "samples were recorded");
    }
    assertEquals(List.of(), warnings);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whateverFailsNothingStaysOpenAndTheNextPlanIsRight(Kind kind) {
    for (int count : new int[] {1, 3, 8, 21, 55}) {
      try (RemoteDevice device = new RemoteDevice(count, DELAY_NANOS)) {
        device.faults().failAt(kind, count);
        try {
          Planner.blueprint(workload.network(), device, measuring(true));
        } catch (DeviceException e) {
          assertTrue(String.valueOf(e.getMessage()).startsWith("remote: "), e::toString);
        }
        device.ledger().requireClean();
        device.faults().failAt(kind, 0);
        try (Plan plan = Planner.plan(workload.network(), device, measuring(false))) {
          workload.requireRight(plan);
        }
      }
    }
  }
}
