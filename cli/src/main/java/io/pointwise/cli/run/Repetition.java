// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import io.pointwise.cli.bench.Statistics;
import io.pointwise.tuning.WarmUp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Times of runs on the host's clock. */
final class Repetition {
  private static final long WARM_UP_NANOS = 500_000_000;

  private final LongSupplier clock;
  private final List<Double> nanos = new ArrayList<>();
  private long images;

  /**
   * @param clock nanoseconds
   */
  Repetition(LongSupplier clock) {
    this.clock = clock;
  }

  /** Runs until it is warm. */
  static void warmUp(Runnable run) {
    WarmUp.ofJvm()
        .run(
            WARM_UP_NANOS,
            () -> {
              long start = System.nanoTime();
              run.run();
              return System.nanoTime() - start;
            });
  }

  /**
   * Times runs.
   *
   * @param batch images of a run
   */
  void time(int times, int batch, Runnable run) {
    for (int i = 0; i < times; i++) {
      long start = clock.getAsLong();
      run.run();
      nanos.add((double) (clock.getAsLong() - start));
      images += batch;
    }
  }

  RunReport.LatencyJson latency() {
    return new RunReport.LatencyJson(
        Math.round(Statistics.median(nanos)),
        Math.round(Statistics.percentile(10, nanos)),
        Math.round(Statistics.percentile(90, nanos)),
        nanos.size());
  }

  /** Images a second, over the sum of all runs. */
  double throughput() {
    double total = nanos.stream().mapToDouble(Double::doubleValue).sum();
    return images / Math.max(1, total) * 1e9;
  }
}
