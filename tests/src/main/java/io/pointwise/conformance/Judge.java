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
    }
  }

  private static void require(String what, Comparison comparison) {
    if (!comparison.ok()) {
      throw new AssertionError(what + ": " + comparison.describe());
    }
  }
}
