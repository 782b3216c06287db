// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whenever the device does its work, the results are right. */
final class RemoteOrderingTest {
  private static final int MOST_DELAY_NANOS = 150_000;

  static LongStream delaySeeds() {
    return LongStream.rangeClosed(1, 50);
  }

  @ParameterizedTest
  @MethodSource("delaySeeds")
  void resultsDoNotDependOnWhenWorkIsDone(long delaySeed) {
    try (RemoteDevice device = new RemoteDevice(delaySeed, MOST_DELAY_NANOS);
        Plan plan = Planner.plan(Workload.branches(1).network(), device)) {
      for (Workload workload : List.of(Workload.branches(1), Workload.branches(2))) {
        workload.requireRight(plan);
      }
    }
  }

  @Test
  void guardBandsWorkWithoutSharedMemory() {
    PlanOptions guarded = PlanOptions.DEFAULT.withGuarded(true);
    Workload workload = Workload.branches(3);
    try (RemoteDevice device = new RemoteDevice(7, MOST_DELAY_NANOS);
        Plan plan = Planner.plan(workload.network(), device, guarded)) {
      workload.requireRight(plan);
      workload.requireRight(plan);
    }
  }
}
