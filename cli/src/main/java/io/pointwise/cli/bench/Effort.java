// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.cli.output.CommandFailure;
import org.jspecify.annotations.Nullable;

/**
 * How long to measure.
 *
 * @param samples a row, at least
 * @param minNanos a row, at least, summed over its samples; rows that are measured side by side
 *     stop together after twice as much for each of them
 * @param patient whether {@code samples} were asked for and are taken however long that takes; else
 *     a slow row may end with {@value #LEAST_SAMPLES} after ten times its {@code minNanos}
 * @param warmUpNanos before the first sample
 */
record Effort(int samples, long minNanos, boolean patient, long warmUpNanos) {
  static final int LEAST_SAMPLES = 5;

  private static final Effort NORMAL = new Effort(30, 500_000_000, false, 500_000_000);
  private static final Effort QUICK = new Effort(10, 30_000_000, false, 200_000_000);
  private static final int MAX_SAMPLES = 1_000_000;
  private static final double MAX_SECONDS = 86_400;

  /**
   * The normal or the quick effort, changed by what was asked for. With {@code --samples} alone
   * exactly so many are taken.
   */
  static Effort of(boolean quick, @Nullable Integer samples, @Nullable Double minSeconds) {
    if (samples != null && (samples < 1 || samples > MAX_SAMPLES)) {
      throw CommandFailure.usage("--samples=" + samples + " must be from 1 to " + MAX_SAMPLES);
    }
    if (minSeconds != null && !(minSeconds >= 0 && minSeconds <= MAX_SECONDS)) {
      throw CommandFailure.usage(
          "--min-time=" + minSeconds + " must be from 0 to " + (int) MAX_SECONDS + " seconds");
    }
    Effort base = quick ? QUICK : NORMAL;
    long defaultNanos = samples != null ? 0 : base.minNanos;
    return new Effort(
        samples != null ? samples : base.samples,
        minSeconds != null ? Math.round(minSeconds * 1e9) : defaultNanos,
        samples != null,
        base.warmUpNanos);
  }
}
