// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Shares the work of a step over the cores: the calling thread takes part, helpers join it, and
 * each takes tasks one by one. Several callers may share one object. Results must not depend on
 * which thread does which task.
 *
 * <p>A helper that runs out of work looks for more for {@value #SPIN_NANOS} ns before it sleeps, so
 * that the steps of a network, which follow each other within microseconds, do not each pay for a
 * wake-up. An executor of the JDK sleeps at once; that is why there is none here.
 */
public final class Workers implements AutoCloseable {
  private static final long SPIN_NANOS = 100_000;

  /** Turns of a busy wait between two looks at the clock. */
  private static final int TURNS = 16;

  private final int threads;
  private final ConcurrentLinkedQueue<Job> jobs = new ConcurrentLinkedQueue<>();
  private final Semaphore offers = new Semaphore(0);
  private final @Nullable Cores cores;
  private final List<Helper> helpers = new ArrayList<>();

  /** {@code threads} in all, the caller's among them. */
  public Workers(int threads) {
    this.threads = threads;
    this.cores = threads > 1 ? Cores.ofThread().orElse(null) : null;
    for (int worker = 1; worker < threads; worker++) {
      helpers.add(new Helper(worker, cores, this::help));
    }
    helpers.forEach(helper -> helper.thread().start());
  }

  /** Threads in all. */
  public int threads() {
    return threads;
  }

  /** A task that may use the scratch memory of the worker that does it. */
  public interface Task {
    /**
     * Does one task.
     *
     * @param task from 0 to the number of tasks, exclusive
     * @param worker from 0 to {@link Workers#threads()}, exclusive; two tasks of one call never run
     *     at once under the same number
     */
    void run(int task, int worker);
  }

  /**
   * Runs {@code body} for every task from 0 to {@code tasks - 1} and returns when all are done. The
   * first exception of any task is thrown here; the tasks that had not begun are then left out.
   */
  public void run(int tasks, IntConsumer body) {
    run(tasks, threads, body);
  }

  /**
   * As {@link #run(int, IntConsumer)} with fewer threads, for work that is not worth waking more.
   *
   * @param most threads, the caller's among them; at least 1
   */
  public void run(int tasks, int most, IntConsumer body) {
    run(tasks, most, (task, _) -> body.accept(task));
  }

  /** As {@link #run(int, IntConsumer)}, telling each task which worker does it. */
  public void run(int tasks, Task body) {
    run(tasks, threads, body);
  }

  /** As {@link #run(int, Task)}, with at most so many threads; which of them is left open. */
  public void run(int tasks, int most, Task body) {
    int wanted = Math.min(Math.min(threads, most), tasks) - 1;
    if (wanted <= 0) {
      for (int task = 0; task < tasks; task++) {
        body.run(task, 0);
      }
      return;
    }
    Job job = new Job(tasks, wanted + 1, body);
    for (int i = 0; i < wanted; i++) {
      jobs.add(job);
    }
    if (cores != null) {
      int own = cores.current();
      helpers.forEach(helper -> helper.keepAwayFrom(own));
    }
    offers.release(wanted);
    job.run(0);
    job.await();
  }

  /** A helper's life. */
  private void help(Helper self) {
    try {
      while (true) {
        takeOffer(self);
        Job job = jobs.poll();
        if (job != null) {
          job.run(self.worker());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeOffer(Helper self) throws InterruptedException {
    long end = System.nanoTime() + SPIN_NANOS;
    do {
      for (int turn = 0; turn < TURNS; turn++) {
        if (offers.tryAcquire()) {
          return;
        }
        Thread.onSpinWait();
      }
    } while (System.nanoTime() < end);
    self.asleep(true);
    try {
      offers.acquire();
    } finally {
      self.asleep(false);
    }
  }

  /** Ends the helpers. No call of {@link #run} may be under way. */
  @Override
  public void close() {
    helpers.forEach(helper -> helper.thread().interrupt());
    boolean interrupted = false;
    for (Helper helper : helpers) {
      while (helper.thread().isAlive()) {
        try {
          helper.thread().join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * One call of {@link Workers#run}. Each worker has a range of tasks of its own, the same one each
   * time, so that a core finds in its cache what it wrote the last time; who is done with it helps
   * with the others'.
   */
  private static final class Job {
    /** Ints from one range's counter to the next: a cache line apart. */
    private static final int STRIDE = 16;

    private final int tasks;
    private final int ranges;
    private final Task body;
    private final AtomicIntegerArray taken;
    private final AtomicInteger left;
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Job(int tasks, int ranges, Task body) {
      this.tasks = tasks;
      this.ranges = ranges;
      this.body = body;
      this.taken = new AtomicIntegerArray(ranges * STRIDE);
      this.left = new AtomicInteger(tasks);
    }

    void run(int worker) {
      for (int i = 0; i < ranges; i++) {
        runRange((worker + i) % ranges, worker);
      }
    }

    private void runRange(int range, int worker) {
      int first = (int) ((long) tasks * range / ranges);
      int end = (int) ((long) tasks * (range + 1) / ranges);
      int counter = range * STRIDE;
      for (int task = first + taken.getAndIncrement(counter);
          task < end;
          task = first + taken.getAndIncrement(counter)) {
        try {
          if (failure.get() == null) {
            body.run(task, worker);
          }
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          if (left.decrementAndGet() == 0) {
            done.countDown();
          }
        }
      }
    }

    /** Waits for the last task; helpers are about to finish, so first awake. */
    void await() {
      long end = System.nanoTime() + SPIN_NANOS;
      while (left.get() > 0 && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      boolean interrupted = false;
      while (left.get() > 0) {
        try {
          done.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      switch (failure.get()) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case null, default -> {}
      }
    }
  }
}
