// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import io.pointwise.tensor.Tensor;

/** The worst of the elements seen so far. */
final class Worst {
  private long index = -1;
  private double ratio = -1;
  private double maxError;
  private long wrong;

  void see(long i, float actual, Expected expected, boolean exact) {
    double error = error(actual, expected, i, exact);
    double bound = exact ? 0 : expected.bound(i);
    // An infinite error is one of kind, which no bound covers.
    boolean within = error <= bound && Double.isFinite(error);
    wrong += within ? 0 : 1;
    maxError = Math.max(maxError, error);
    double here = error == 0 ? 0 : error / bound;
    // A wrong element comes before all others, should dividing by an infinite error or bound hide
    // it.
    if (!within && !(here > 1)) {
      here = Double.POSITIVE_INFINITY;
    }
    if (here > ratio) {
      ratio = here;
      index = i;
    }
  }

  /** Takes in what was seen of later elements. */
  void merge(Worst later) {
    wrong += later.wrong;
    maxError = Math.max(maxError, later.maxError);
    if (later.ratio > ratio) {
      ratio = later.ratio;
      index = later.index;
    }
  }

  Comparison comparison(Tensor actual, Expected expected, boolean exact) {
    if (index < 0) {
      return new Comparison(true, 0, 0, 0, -1, 0, 0, 0, expected.shape());
    }
    return new Comparison(
        wrong == 0,
        maxError,
        error(actual.get(index), expected, index, exact),
        exact ? 0 : expected.bound(index),
        index,
        actual.get(index),
        expected.value(index),
        wrong,
        expected.shape());
  }

  /**
   * The distance between two values; infinite where one is NaN or an infinity and the other is not
   * that.
   */
  private static double error(float actual, Expected expected, long i, boolean exact) {
    double value = exact ? (float) expected.value(i) : expected.value(i);
    if (Double.isNaN(value) || Double.isNaN(actual)) {
      return Double.isNaN(value) && Double.isNaN(actual) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (actual == value) {
      return 0;
    }
    if (Double.isInfinite(actual)) {
      boolean mayOverflow = !exact && Math.abs(value) + expected.bound(i) > Float.MAX_VALUE;
      boolean sameSign = actual > 0 == value > 0;
      return mayOverflow && sameSign && !Double.isInfinite(value) ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(actual - value);
  }
}
