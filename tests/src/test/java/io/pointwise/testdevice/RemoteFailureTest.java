// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.DeviceException;
import io.pointwise.device.OutOfDeviceMemoryException;
import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import io.pointwise.testdevice.Faults.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever of the device fails, the caller is told, nothing leaks, and the plan and the device stay
 * usable.
 */
final class RemoteFailureTest {
  private static final int DELAY_NANOS = 60_000;

  private final Workload workload = Workload.branches(1);

  static Stream<Arguments> failuresOfARun() {
    return Stream.of(Kind.STEP, Kind.ENQUEUE, Kind.UPLOAD, Kind.DOWNLOAD)
        .flatMap(
            kind -> IntStream.rangeClosed(1, steps(kind)).mapToObj(n -> Arguments.of(kind, n)));
  }

  private static int steps(Kind kind) {
    return kind == Kind.STEP || kind == Kind.ENQUEUE ? 12 : 1;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("failuresOfARun")
  void aRunThatFailsIsToldAndTheNextOneIsRight(Kind kind, int count) {
    try (RemoteDevice device = new RemoteDevice(count, DELAY_NANOS)) {
      try (Plan plan = Planner.plan(workload.network(), device)) {
        workload.requireRight(plan);
        device.faults().failAt(kind, count);
        DeviceException failure =
            assertThrows(DeviceException.class, () -> workload.requireRight(plan));
        assertTrue(String.valueOf(failure.getMessage()).contains(kind.name()), failure::toString);
        assertEquals(0, device.ledger().buffers().get(), "buffers after a failed run");
        assertEquals(0, device.ledger().streams().get(), "streams after a failed run");
        workload.requireRight(plan);
      }
      device.ledger().requireClean();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ALLOCATION", "STREAM"})
  void aContextThatCannotBeMadeLeavesNothingBehind(Kind kind) {
    try (RemoteDevice device = new RemoteDevice(1, DELAY_NANOS);
        Plan plan = Planner.plan(workload.network(), device)) {
      device.faults().failAt(kind, 1);
      DeviceException failure =
          assertThrows(DeviceException.class, () -> workload.requireRight(plan));
      if (kind == Kind.ALLOCATION) {
        assertInstanceOf(OutOfDeviceMemoryException.class, failure);
      }
      assertEquals(0, device.ledger().buffers().get());
      assertEquals(0, device.ledger().streams().get());
      workload.requireRight(plan);
    }
  }

  @Test
  void aPlanThatCannotBePreparedLeavesNothingBehind() {
    try (RemoteDevice device = new RemoteDevice(1, 0)) {
      int steps = Planner.blueprint(workload.network(), device, PlanOptions.DEFAULT).steps().size();
      for (int count = 1; count <= steps; count++) {
        device.faults().failAt(Kind.PREPARE, count);
        assertThrows(DeviceException.class, () -> Planner.plan(workload.network(), device));
        device.ledger().requireClean();
      }
      try (Plan plan = Planner.plan(workload.network(), device)) {
        workload.requireRight(plan);
      }
    }
  }

  @Test
  void oneThreadsFailureIsNoOtherThreads() throws Exception {
    int threads = 6;
    int runs = 10;
    PlanOptions options = PlanOptions.DEFAULT.withMaxContexts(3);
    try (RemoteDevice device = new RemoteDevice(1, DELAY_NANOS)) {
      try (Plan plan = Planner.plan(workload.network(), device, options);
          ExecutorService executor = Executors.newFixedThreadPool(threads)) {
        device.faults().failAt(Kind.STEP, 100);
        List<Future<Integer>> failures = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
          Workload own = Workload.branches(thread);
          failures.add(executor.submit(() -> failures(plan, own, runs)));
        }
        int failed = 0;
        for (Future<Integer> future : failures) {
          failed += future.get();
        }
        assertEquals(1, failed, "failed runs");
      }
      device.ledger().requireClean();
    }
  }

  private static int failures(Plan plan, Workload workload, int runs) {
    int failed = 0;
    for (int run = 0; run < runs; run++) {
      try {
        workload.requireRight(plan);
      } catch (DeviceException e) {
        failed++;
      }
    }
    return failed;
  }
}
