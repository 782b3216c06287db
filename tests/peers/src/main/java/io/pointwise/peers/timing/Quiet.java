// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.timing;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Waits until this process uses no processor.
 *
 * <p>Threads of a library go on looking for work for a while after it has returned, ONNX Runtime's
 * for some tens of milliseconds, PyTorch's for less, and would take a core from whatever is
 * measured next.
 */
public final class Quiet {
  /**
   * Longer than a tick of any system's scheduler, which may be when time that was used is counted.
   */
  private static final long WINDOW_NANOS = 20_000_000;

  private static final double QUIET_SHARE = 0.05;
  private static final long MOST_NANOS = 1_000_000_000;

  private final LongSupplier clock;
  private final LongSupplier used;
  private final LongConsumer sleep;

  /**
   * @param clock nanoseconds
   * @param used nanoseconds for which the process has used processors so far
   * @param sleep lets nanoseconds pass
   */
  Quiet(LongSupplier clock, LongSupplier used, LongConsumer sleep) {
    this.clock = clock;
    this.used = used;
    this.sleep = sleep;
  }

  /** Of this process. */
  public static Quiet ofProcess() {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Quiet(System::nanoTime, process::getProcessCpuTime, Quiet::sleep);
  }

  /**
   * Returns once less than a twentieth of a core was used over some time, or after a second.
   *
   * @return whether the process became quiet
   */
  public boolean await() {
    long start = clock.getAsLong();
    long begin = start;
    double share;
    do {
      long before = used.getAsLong();
      sleep.accept(WINDOW_NANOS);
      long now = clock.getAsLong();
      share = (used.getAsLong() - before) / (double) (now - begin);
      begin = now;
    } while (share > QUIET_SHARE && begin - start < MOST_NANOS);
    return share <= QUIET_SHARE;
  }

  private static void sleep(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
    }
  }
}
