// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.timing;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Waits until this process uses no processor.
 *
 * <p>Threads of a library go on looking for work for a while after it has returned, ONNX Runtime's
 * for some tens of milliseconds, PyTorch's for some milliseconds, and would take a core from
 * whatever is measured next.
 */
public final class Quiet {
  /**
   * Longer than a tick of any system's scheduler, which may be when time that was used is counted.
   */
  private static final long WINDOW_NANOS = 20_000_000;

  private static final double QUIET_SHARE = 0.05;
  private static final long MOST_NANOS = 1_000_000_000;

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Quiet() {}

  /**
   * Returns once less than a twentieth of a core was used over some time, or after a second.
   *
   * @return whether the process became quiet
   */
  public static boolean await() {
    long start = System.nanoTime();
    long begin = start;
    double share;
    do {
      long used = PROCESS.getProcessCpuTime();
      sleep();
      long now = System.nanoTime();
      share = (PROCESS.getProcessCpuTime() - used) / (double) (now - begin);
      begin = now;
    } while (share > QUIET_SHARE && begin - start < MOST_NANOS);
    return share <= QUIET_SHARE;
  }

  private static void sleep() {
    try {
      TimeUnit.NANOSECONDS.sleep(WINDOW_NANOS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
    }
  }
}
