// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import io.pointwise.cli.bench.Statistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Median, tenth and ninetieth percentile, and the number of samples. */
public record Spread(double median, double p10, double p90, int samples) {
  public static Spread of(List<Double> values) {
    return new Spread(
        Statistics.median(values),
        Statistics.percentile(10, values),
        Statistics.percentile(90, values),
        values.size());
  }

  /** Null where a value was not told or there is none. */
  public static @Nullable Spread ofTold(List<Double> values) {
    return values.isEmpty() || values.stream().anyMatch(value -> value.isNaN()) ? null : of(values);
  }
}
