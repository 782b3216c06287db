// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

/**
 * How far a number may be from the expected one: {@code |a − b| ≤ atol + rtol·|b|}. NaN equals only
 * NaN, an infinity only itself.
 *
 * @param rtol relative
 * @param atol absolute
 */
record Tolerance(double rtol, double atol) {
  /** What may differ from this expected number. */
  double bound(double expected) {
    return atol + rtol * Math.abs(expected);
  }

  boolean allows(double actual, double expected) {
    if (Double.isNaN(expected) || Double.isNaN(actual)) {
      return Double.isNaN(expected) && Double.isNaN(actual);
    }
    if (Double.isInfinite(expected) || Double.isInfinite(actual)) {
      return expected == actual;
    }
    return Math.abs(actual - expected) <= bound(expected);
  }
}
