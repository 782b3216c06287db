// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.timing;

import io.pointwise.peers.contestant.Contestant;
import io.pointwise.tuning.WarmUp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Times contestants in turn.
 *
 * <p>In each round each contestant gives one sample, in an order that is reversed from round to
 * round, so that what drifts on the machine meets all alike and cancels in the ratio of the samples
 * of one round. A sample is the mean of as many runs as fill {@value #SAMPLE_NANOS} ns. Before it
 * the process is left {@linkplain Quiet quiet}, then runs that do not count, for {@value
 * #WAKE_NANOS} ns, wake up this contestant's threads.
 */
public final class Rounds {
  private static final long SAMPLE_NANOS = 4_000_000;
  private static final long WARM_UP_NANOS = 300_000_000;
  private static final int MOST_RUNS = 10_000;

  private static final long WAKE_NANOS = 5_000_000;

  /** Waits until the process is quiet, as {@link Quiet} does. */
  @FunctionalInterface
  public interface Pause {
    /** Returns whether it is. */
    boolean await();
  }

  /**
   * Samples of one contestant, one a round.
   *
   * @param nanos a run, by the clock on the wall
   * @param deviceNanos of one further run, on the device's clock; NaN where not told
   */
  public record Samples(List<Double> nanos, List<Double> deviceNanos) {
    public Samples {
      nanos = List.copyOf(nanos);
      deviceNanos = List.copyOf(deviceNanos);
    }
  }

  /**
   * What the rounds gave.
   *
   * @param samples of each contestant, in their order
   * @param peaks of the machine before each round; empty where none is measured
   * @param unquiet samples before which the process did not become quiet
   */
  public record Outcome(List<Samples> samples, List<Peak.Sample> peaks, int unquiet) {
    public Outcome {
      samples = List.copyOf(samples);
      peaks = List.copyOf(peaks);
    }
  }

  private final int least;
  private final long leastNanos;
  private final @Nullable Supplier<Peak.Sample> peak;
  private final Pause quiet;

  /**
   * @param least rounds
   * @param leastNanos that the rounds take together
   * @param peak measures the machine
   * @param quiet comes before everything: {@link Quiet#await}
   */
  public Rounds(int least, long leastNanos, @Nullable Supplier<Peak.Sample> peak, Pause quiet) {
    this.least = least;
    this.leastNanos = leastNanos;
    this.peak = peak;
    this.quiet = quiet;
  }

  /** Warms each contestant up, then takes the rounds. */
  public Outcome time(List<? extends Contestant> contestants) {
    List<Series> series = new ArrayList<>();
    for (Contestant contestant : contestants) {
      quiet.await();
      series.add(Series.warm(contestant));
    }
    List<Peak.Sample> peaks = new ArrayList<>();
    List<Series> order = new ArrayList<>(series);
    int unquiet = 0;
    long start = System.nanoTime();
    for (int round = 0; round < least || System.nanoTime() - start < leastNanos; round++) {
      if (peak != null) {
        quiet.await();
        peaks.add(peak.get());
      }
      for (Series each : order) {
        unquiet += quiet.await() ? 0 : 1;
        each.take();
      }
      Collections.reverse(order);
    }
    return new Outcome(series.stream().map(Series::samples).toList(), peaks, unquiet);
  }

  private record Series(
      Contestant contestant, int runs, List<Double> nanos, List<Double> deviceNanos) {
    static Series warm(Contestant contestant) {
      double nanos =
          WarmUp.ofJvm()
              .run(
                  WARM_UP_NANOS,
                  () -> {
                    long start = System.nanoTime();
                    contestant.run();
                    return System.nanoTime() - start;
                  });
      int runs = (int) Math.clamp(Math.ceil(SAMPLE_NANOS / Math.max(1, nanos)), 1, MOST_RUNS);
      return new Series(contestant, runs, new ArrayList<>(), new ArrayList<>());
    }

    void take() {
      long woken = System.nanoTime();
      do {
        contestant.run();
      } while (System.nanoTime() - woken < WAKE_NANOS);
      long start = System.nanoTime();
      for (int i = 0; i < runs; i++) {
        contestant.run();
      }
      nanos.add((System.nanoTime() - start) / (double) runs);
      deviceNanos.add(contestant.deviceNanos());
    }

    Samples samples() {
      return new Samples(nanos, deviceNanos);
    }
  }
}
