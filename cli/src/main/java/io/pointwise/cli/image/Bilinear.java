// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.image;

/**
 * Linear interpolation along one axis. Pixels are areas: the middle of target pixel {@code i} lies
 * at {@code (i + 0.5) · from / to − 0.5} among the middles of the source's pixels ("half-pixel
 * centres"), and beyond the outermost middles their values hold. Shrinking averages nothing: each
 * target pixel sees two source pixels an axis.
 */
final class Bilinear {
  private final int[] before;
  private final int[] after;
  private final double[] share;

  private Bilinear(int[] before, int[] after, double[] share) {
    this.before = before;
    this.after = after;
    this.share = share;
  }

  /** From as many pixels to as many. */
  static Bilinear of(int from, int to) {
    int[] before = new int[to];
    int[] after = new int[to];
    double[] share = new double[to];
    for (int i = 0; i < to; i++) {
      double middle = Math.clamp((i + 0.5) * from / to - 0.5, 0, from - 1);
      before[i] = (int) middle;
      after[i] = Math.min(before[i] + 1, from - 1);
      share[i] = middle - before[i];
    }
    return new Bilinear(before, after, share);
  }

  /** The source pixel at or before the middle of target pixel {@code i}. */
  int before(int i) {
    return before[i];
  }

  /** The source pixel after it. */
  int after(int i) {
    return after[i];
  }

  /** How far the middle is from the one to the other, from 0 to below 1. */
  double share(int i) {
    return share[i];
  }

  /** Target pixel {@code i} of a row of values that begins at {@code start}. */
  double between(int i, float[] values, int start) {
    double left = values[start + before[i]];
    return left + share[i] * (values[start + after[i]] - left);
  }
}
