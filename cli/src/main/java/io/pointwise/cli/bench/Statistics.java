// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import java.util.ArrayList;
import java.util.List;

/** Order statistics of a sample. */
public final class Statistics {
  private Statistics() {}

  /** The middle value; the mean of the middle two of an even number. */
  public static double median(List<Double> values) {
    return percentile(50, values);
  }

  /**
   * The value below which {@code percent} of the sample lie, by linear interpolation between the
   * closest ranks (Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996, definition
   * 7).
   */
  public static double percentile(double percent, List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values");
    }
    List<Double> sorted = values.stream().sorted().toList();
    double rank = percent / 100 * (sorted.size() - 1);
    int below = (int) Math.floor(rank);
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (rank - below) * (sorted.get(above) - sorted.get(below));
  }

  /** Median of {@code above[i] / below[i]}: what drifts between pairs cancels out. */
  static double pairedRatio(List<Double> above, List<Double> below) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(above.size(), below.size()); i++) {
      ratios.add(above.get(i) / below.get(i));
    }
    return median(ratios);
  }
}
