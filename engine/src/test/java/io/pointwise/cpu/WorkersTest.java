// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkersTest {
  @ParameterizedTest
  @CsvSource({"1, 0", "1, 5", "2, 0", "2, 1", "2, 2", "3, 2", "3, 1000", "8, 9", "5, 3"})
  void everyTaskIsDoneOnce(int threads, int tasks) {
    try (Workers workers = new Workers(threads)) {
      for (int round = 0; round < 50; round++) {
        AtomicIntegerArray done = new AtomicIntegerArray(tasks);
        workers.run(tasks, task -> done.incrementAndGet(task));
        for (int task = 0; task < tasks; task++) {
          assertEquals(1, done.get(task), "task " + task + " of " + tasks);
        }
      }
    }
  }

  @Test
  void noTwoTasksRunAtOnceUnderOneWorkerNumber() {
    try (Workers workers = new Workers(4)) {
      AtomicIntegerArray busy = new AtomicIntegerArray(4);
      AtomicInteger clashes = new AtomicInteger();
      for (int round = 0; round < 200; round++) {
        workers.run(
            64,
            (_, worker) -> {
              if (busy.getAndIncrement(worker) != 0) {
                clashes.incrementAndGet();
              }
              Thread.onSpinWait();
              busy.decrementAndGet(worker);
            });
      }
      assertEquals(0, clashes.get());
    }
  }

  @Test
  void theFirstFailureReachesTheCallerAndTheWorkersGoOn() {
    IllegalStateException failure = new IllegalStateException("task 7");
    try (Workers workers = new Workers(3)) {
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  workers.run(
                      100,
                      task -> {
                        if (task == 7) {
                          throw failure;
                        }
                      }));
      assertSame(failure, thrown);
      AtomicInteger done = new AtomicInteger();
      workers.run(100, task -> done.incrementAndGet());
      assertEquals(100, done.get());
    }
  }

  @Test
  void severalCallersShareTheHelpers() throws InterruptedException {
    AtomicInteger done = new AtomicInteger();
    try (Workers workers = new Workers(2)) {
      Thread[] callers = new Thread[6];
      for (int i = 0; i < callers.length; i++) {
        callers[i] =
            Thread.ofPlatform()
                .start(
                    () -> {
                      for (int round = 0; round < 100; round++) {
                        workers.run(10, task -> done.incrementAndGet());
                      }
                    });
      }
      for (Thread caller : callers) {
        caller.join();
      }
    }
    assertEquals(6 * 100 * 10, done.get());
  }

  @Test
  void anInterruptDoesNotCutARunShortAndIsKept() {
    try (Workers workers = new Workers(2)) {
      AtomicInteger done = new AtomicInteger();
      Thread.currentThread().interrupt();
      workers.run(1000, task -> done.incrementAndGet());
      assertTrue(Thread.interrupted());
      assertEquals(1000, done.get());
      assertFalse(Thread.interrupted());
    }
  }
}
