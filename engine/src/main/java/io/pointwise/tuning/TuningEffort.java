// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import java.time.Duration;

/**
 * How long the candidates of a step are measured.
 *
 * <p>Each warms up for {@code warmUp} at least and for fifteen times as long at most, see {@link
 * WarmUp}; then those that are not hopeless are timed in {@code rounds} rounds, in each round a
 * sample of {@code sample} or one run of each.
 *
 * @param warmUp of a candidate
 * @param rounds samples of a candidate
 * @param sample length of a sample; of as many runs as fill it, at most {@value #MOST_RUNS}
 */
public record TuningEffort(Duration warmUp, int rounds, Duration sample) {
  public static final TuningEffort DEFAULT =
      new TuningEffort(Duration.ofMillis(100), 15, Duration.ofMillis(1));

  /** Most runs of a sample. */
  static final int MOST_RUNS = 100;

  /** A candidate that is so many times slower than the fastest once it is warm is left at that. */
  static final int HOPELESS = 4;

  public TuningEffort {
    if (warmUp.isNegative() || sample.isNegative()) {
      throw new IllegalArgumentException(
          "tuning effort: warm-up " + warmUp + " and sample " + sample + " must not be negative");
    }
    if (rounds < 1) {
      throw new IllegalArgumentException("tuning effort: rounds=" + rounds + " must be at least 1");
    }
  }

  /** Runs that make a sample, of a candidate of which one takes {@code nanos}. */
  int runs(double nanos) {
    return (int) Math.clamp(Math.ceil(sample.toNanos() / Math.max(1, nanos)), 1, MOST_RUNS);
  }
}
