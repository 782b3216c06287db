// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.plan.Timing;
import io.pointwise.tuning.WarmUp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures several things side by side.
 *
 * <p>First each is run until it is warm, see {@link WarmUp}. Then rounds: each round takes one
 * sample of each thing, so that what drifts (clock frequency, other load) meets all alike.
 *
 * <p>A sample is the mean time of a batch: of as many runs as fill {@value #BATCH_NANOS} ns, that
 * is one run of a long layer and many of a short one, so that the resolution of the device's clock
 * (tens to hundreds of nanoseconds) does not matter. With cold caches a batch is one run after a
 * sweep.
 *
 * <p>Where a peak is measured, that is done just before each sample (and before its sweep, which is
 * to be the last thing that touches the caches), so that both meet the same load. Meanwhile the
 * device's threads fall asleep; a run that is short against their waking up is therefore preceded
 * by one that does not count.
 */
final class Sampler {
  private static final long BATCH_NANOS = 500_000;
  private static final long LEAST_LIMIT_NANOS = 300_000_000;
  private static final int MAX_BATCH = 10_000;

  /** A run of this length takes a hundred times as long as waking up threads, or nearly so. */
  private static final double LONG_RUN_NANOS = 5_000_000;

  /** Something that can be run and knows its time. */
  interface Timed {
    Timing run();
  }

  /**
   * What was measured of one thing, sample by sample, in nanoseconds a run.
   *
   * @param compute times on the device's clock, without transfers
   * @param transfer times to and from the device
   * @param peaks the peak of a core just before each sample, in 10⁹ operations a second; empty
   *     where none is measured
   */
  record Samples(List<Double> compute, List<Double> transfer, List<Double> peaks) {
    Samples {
      compute = List.copyOf(compute);
      transfer = List.copyOf(transfer);
      peaks = List.copyOf(peaks);
    }
  }

  private final Effort effort;
  private final @Nullable Runnable sweep;
  private final @Nullable DoubleSupplier peak;
  private final LongSupplier clock;
  private final WarmUp warmUp;

  /**
   * @param sweep empties the caches before a run; null for warm ones
   * @param peak measures 10⁹ operations a second of a core; null where there is no peak
   * @param clock nanoseconds
   * @param compiler nanoseconds for which the JIT compiler has worked so far
   */
  Sampler(
      Effort effort,
      @Nullable Runnable sweep,
      @Nullable DoubleSupplier peak,
      LongSupplier clock,
      LongSupplier compiler) {
    this(effort, sweep, peak, clock, new WarmUp(clock, compiler));
  }

  private Sampler(
      Effort effort,
      @Nullable Runnable sweep,
      @Nullable DoubleSupplier peak,
      LongSupplier clock,
      WarmUp warmUp) {
    this.effort = effort;
    this.sweep = sweep;
    this.peak = peak;
    this.clock = clock;
    this.warmUp = warmUp;
  }

  /** A sampler on the clocks of this JVM. */
  static Sampler ofJvm(Effort effort, @Nullable Runnable sweep, @Nullable DoubleSupplier peak) {
    return new Sampler(effort, sweep, peak, System::nanoTime, WarmUp.ofJvm());
  }

  /** Measures all; one result each, in order, all with as many samples. */
  List<Samples> sample(List<? extends Timed> all) {
    List<Series> series = new ArrayList<>();
    for (Timed timed : all) {
      series.add(sweep != null ? new Series(timed, 1, false) : warm(timed));
    }
    long start = clock.getAsLong();
    long aside = 0;
    for (int round = 0; !enough(series, round, sinceStart(start) - aside); round++) {
      for (Series each : series) {
        aside += each.measurePeak();
        each.take();
      }
    }
    return series.stream().map(Series::samples).toList();
  }

  private boolean enough(List<Series> series, int rounds, long elapsed) {
    long share = effort.minNanos() * series.size();
    if (rounds < effort.samples()) {
      long limit = Math.max(10 * share, LEAST_LIMIT_NANOS);
      return !effort.patient() && rounds >= Effort.LEAST_SAMPLES && elapsed >= limit;
    }
    return elapsed >= 2 * share
        || series.stream().allMatch(each -> each.totalNanos >= effort.minNanos());
  }

  private Series warm(Timed timed) {
    double runNanos = warmUp.run(effort.warmUpNanos(), () -> timed.run().computeNanos());
    return new Series(timed, batch(runNanos), runNanos < LONG_RUN_NANOS);
  }

  private long sinceStart(long start) {
    return clock.getAsLong() - start;
  }

  private static int batch(double runNanos) {
    return (int) Math.clamp(Math.ceil(BATCH_NANOS / Math.max(1, runNanos)), 1, MAX_BATCH);
  }

  private final class Series {
    private final Timed timed;
    private final int batch;
    private final boolean wakes;
    private final List<Double> compute = new ArrayList<>();
    private final List<Double> transfer = new ArrayList<>();
    private final List<Double> peaks = new ArrayList<>();
    private long totalNanos;

    /**
     * @param wakes whether a run that does not count wakes the device's threads after the peak
     */
    Series(Timed timed, int batch, boolean wakes) {
      this.timed = timed;
      this.batch = batch;
      this.wakes = wakes;
    }

    /** Measures the peak, if there is one, and returns how long that took. */
    long measurePeak() {
      if (peak == null) {
        return 0;
      }
      long begin = clock.getAsLong();
      peaks.add(peak.getAsDouble());
      if (wakes) {
        timed.run();
      }
      return sinceStart(begin);
    }

    void take() {
      long computeNanos = 0;
      long transferNanos = 0;
      for (int i = 0; i < batch; i++) {
        if (sweep != null) {
          sweep.run();
        }
        Timing timing = timed.run();
        computeNanos += timing.computeNanos();
        transferNanos += timing.transferNanos();
      }
      totalNanos += computeNanos;
      compute.add((double) computeNanos / batch);
      transfer.add((double) transferNanos / batch);
    }

    Samples samples() {
      return new Samples(compute, transfer, peaks);
    }
  }
}
