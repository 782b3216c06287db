// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.timing;

import java.util.ArrayList;
import java.util.List;

/** Ratios of samples. */
public final class Ratios {
  private Ratios() {}

  /**
   * {@code above[i] / below[i]}: what drifts from round to round cancels out.
   *
   * @throws IllegalArgumentException if the lists differ in length
   */
  public static List<Double> paired(List<Double> above, List<Double> below) {
    if (above.size() != below.size()) {
      throw new IllegalArgumentException(
          above.size() + " samples are not pairs with " + below.size());
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < above.size(); i++) {
      ratios.add(above.get(i) / below.get(i));
    }
    return ratios;
  }

  /** Geometric mean of positive ratios: of {@code r} and {@code 1/r} it is 1. */
  public static double geometricMean(List<Double> ratios) {
    return Math.exp(ratios.stream().mapToDouble(Math::log).average().orElseThrow());
  }
}
