// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Runs something until it is warm: for some time, in four stretches, then on while a stretch is
 * still more than 5 % faster than the one before it, or the JIT compiler was still at work in it,
 * for at most fifteen times as long.
 */
public final class WarmUp {
  private static final int LEAST_RUNS = 3;
  private static final int STRETCHES = 4;
  private static final int MOST_STRETCHES = 60;
  private static final int COMPILING_SHARE = 20;
  private static final double STILL_FASTER = 0.95;

  private final LongSupplier clock;
  private final LongSupplier compiler;

  /**
   * @param clock nanoseconds
   * @param compiler nanoseconds for which the JIT compiler has worked so far
   */
  public WarmUp(LongSupplier clock, LongSupplier compiler) {
    this.clock = clock;
    this.compiler = compiler;
  }

  /** On the clocks of this JVM. */
  public static WarmUp ofJvm() {
    CompilationMXBean compilation = ManagementFactory.getCompilationMXBean();
    LongSupplier compiler =
        compilation != null && compilation.isCompilationTimeMonitoringSupported()
            ? () -> compilation.getTotalCompilationTime() * 1_000_000
            : () -> 0;
    return new WarmUp(System::nanoTime, compiler);
  }

  /**
   * Warms up.
   *
   * @param nanos how long, at least
   * @param run runs once and returns how long that took
   * @return the median time of a run in the last stretch
   */
  public double run(long nanos, DoubleSupplier run) {
    double before = Double.MAX_VALUE;
    long length = nanos / STRETCHES;
    for (int stretch = 1; ; stretch++) {
      long compiled = compiler.getAsLong();
      double now = stretch(length, run);
      boolean compiling = compiler.getAsLong() - compiled > length / COMPILING_SHARE;
      boolean settled = now >= before * STILL_FASTER && !compiling;
      if (stretch >= MOST_STRETCHES || (stretch >= STRETCHES && settled)) {
        return now;
      }
      before = now;
    }
  }

  private double stretch(long nanos, DoubleSupplier run) {
    List<Double> times = new ArrayList<>();
    long start = clock.getAsLong();
    do {
      times.add(run.getAsDouble());
    } while (clock.getAsLong() - start < nanos
        || (times.size() < LEAST_RUNS && clock.getAsLong() - start < 4 * nanos));
    return Median.of(times);
  }
}
