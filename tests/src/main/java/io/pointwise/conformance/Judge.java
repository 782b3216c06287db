// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.reference.Comparison;
import io.pointwise.reference.Expected;
import io.pointwise.tensor.Tensor;

/** Compares what a device gave with what the reference expects. */
final class Judge {
  private Judge() {}

  /** Fails unless every element is as near to the reference as it must be. */
  static void check(String what, Tensor actual, Expected expected, Tolerance tolerance) {
    switch (tolerance) {
      case Tolerance.Exact _ ->
          require(what + " must be exact", Comparison.exact(actual, expected));
      case Tolerance.Bound _ -> require(what, Comparison.of(actual, expected));
      case Tolerance.Widened(double factor) ->
          checkWithin(what, actual, expected, factor * largestBound(expected));
    }
  }

  private static void require(String what, Comparison comparison) {
    if (!comparison.ok()) {
      throw new AssertionError(what + ": " + comparison.describe());
    }
  }

  private static double largestBound(Expected expected) {
    double largest = 0;
    for (long i = 0; i < expected.shape().elements(); i++) {
      largest = Math.max(largest, expected.bound(i));
    }
    return largest;
  }

  /**
   * Fails unless every element is within {@code bound}, NaN and infinities where the reference has
   * them.
   */
  private static void checkWithin(String what, Tensor actual, Expected expected, double bound) {
    // Such algorithms share terms between neighbours, so one NaN may reach all of a tile.
    boolean spreads = hasNaN(expected);
    for (long i = 0; i < expected.shape().elements(); i++) {
      float got = actual.get(i);
      double wanted = expected.value(i);
      boolean finite = Double.isFinite(wanted);
      boolean agrees = finite ? Math.abs(got - wanted) <= bound : Double.compare(got, wanted) == 0;
      if (!agrees && !(spreads && Float.isNaN(got))) {
        throw new AssertionError(
            what + ": element " + i + " is " + got + ", wanted " + wanted + " within " + bound);
      }
    }
  }

  private static boolean hasNaN(Expected expected) {
    for (long i = 0; i < expected.shape().elements(); i++) {
      if (Double.isNaN(expected.value(i))) {
        return true;
      }
    }
    return false;
  }
}
