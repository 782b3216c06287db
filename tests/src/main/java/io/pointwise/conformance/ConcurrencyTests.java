// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.Device;
import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import io.pointwise.reference.Expected;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One plan, many threads. */
final class ConcurrencyTests {
  private static final int THREADS = 8;
  private static final int RUNS = 50;
  private static final long PATIENCE_SECONDS = 120;

  private final Device device;

  ConcurrencyTests(Device device) {
    this.device = device;
  }

  /** Each thread with an input of its own gets, bit for bit, what one thread alone gets. */
  void agreeWithOneThread(int maxContexts) {
    List<Sample> samples = SmallNetworks.samples(THREADS);
    try (Plan plan = plan(samples.getFirst(), maxContexts)) {
      List<Tensor> alone = samples.stream().map(sample -> run(plan, sample)).toList();
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Sample sample = samples.get(thread);
        Tensor wanted = alone.get(thread);
        tasks.add(
            () -> {
              for (int run = 0; run < RUNS; run++) {
                requireSameBits(wanted, run(plan, sample));
              }
              return null;
            });
      }
      inParallel(tasks);
    }
  }

  /**
   * Closing waits for runs that are under way; those end well, later ones are told that the plan is
   * closed.
   */
  void closeWaitsForRuns() {
    List<Sample> samples = SmallNetworks.samples(THREADS);
    Plan plan = plan(samples.getFirst(), 2);
    List<Tensor> alone = samples.stream().map(sample -> run(plan, sample)).toList();
    CountDownLatch underWay = new CountDownLatch(THREADS * 3);
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      Sample sample = samples.get(thread);
      Tensor wanted = alone.get(thread);
      tasks.add(() -> runUntilClosed(plan, sample, wanted, underWay));
    }
    tasks.add(
        () -> {
          assertTrue(underWay.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "runs did not start");
          plan.close();
          assertClosed(plan, samples.getFirst());
          return null;
        });
    inParallel(tasks);
  }

  private static Void runUntilClosed(
      Plan plan, Sample sample, Tensor wanted, CountDownLatch underWay) {
    while (true) {
      Tensor result;
      try {
        result = run(plan, sample);
      } catch (IllegalStateException closed) {
        return null;
      }
      requireSameBits(wanted, result);
      underWay.countDown();
    }
  }

  /** A run after close, and closing twice. */
  void closedPlanSaysSo() {
    Sample sample = SmallNetworks.samples(1).getFirst();
    Plan plan = plan(sample, 1);
    run(plan, sample);
    plan.close();
    assertClosed(plan, sample);
    plan.close();
    assertClosed(plan, sample);
  }

  private static void assertClosed(Plan plan, Sample sample) {
    IllegalStateException refusal =
        assertThrows(IllegalStateException.class, () -> run(plan, sample));
    assertTrue(String.valueOf(refusal.getMessage()).contains("closed"), refusal::toString);
  }

  /** After the first run, runs into the caller's tensors take nothing more from the device. */
  void runsAllocateNothing() {
    Sample sample = SmallNetworks.samples(1).getFirst();
    CountingDevice counting = new CountingDevice(device);
    Trial.blueprint(device, sample, PlanOptions.DEFAULT);
    try (Plan plan = Planner.plan(sample.network(), counting, PlanOptions.DEFAULT)) {
      List<Tensor> outputs = sample.outputs();
      Tensor given = outputs.getFirst();
      plan.run(sample.inputs(), outputs);
      Expected expected = sample.expected(plan.blueprint().winograd()).getFirst();
      Judge.check("output", given, expected, Tolerance.BOUND);
      int taken = counting.taken();
      for (int run = 0; run < 5; run++) {
        plan.run(sample.inputs(), outputs);
      }
      assertEquals(taken, counting.taken(), "buffers and streams taken from the device");
    }
  }

  /** The same plan and input give the same bits every time. */
  void runsAreRepeatable() {
    Sample sample = SmallNetworks.samples(1).getFirst();
    try (Plan plan = plan(sample, 2)) {
      Tensor first = run(plan, sample);
      for (int run = 1; run < 20; run++) {
        requireSameBits(first, run(plan, sample));
      }
    }
  }

  private Plan plan(Sample sample, int maxContexts) {
    return Plan.prepare(
        Trial.blueprint(device, sample, PlanOptions.DEFAULT.withMaxContexts(maxContexts)), device);
  }

  private static Tensor run(Plan plan, Sample sample) {
    List<Tensor> outputs = sample.outputs();
    plan.run(sample.inputs(), outputs);
    return outputs.getFirst();
  }

  private static void requireSameBits(Tensor wanted, Tensor got) {
    if (!Tensors.sameBits(wanted, got)) {
      throw new AssertionError("a run gave other bits than the first one");
    }
  }

  private static void inParallel(List<Callable<Void>> tasks) {
    try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
      List<Future<Void>> futures = tasks.stream().map(threads::submit).toList();
      try {
        for (Future<Void> future : futures) {
          future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        threads.shutdownNow();
        throw new AssertionError("threads on one plan: " + e, e);
      }
    }
  }
}
