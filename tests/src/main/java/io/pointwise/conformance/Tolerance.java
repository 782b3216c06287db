// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

/** How near to the reference a result must be. */
sealed interface Tolerance {
  /** The nearest float32 to the exact value. */
  Exact EXACT = new Exact();

  /** Each element within its own bound. */
  Bound BOUND = new Bound();

  /** See {@link #EXACT}. */
  record Exact() implements Tolerance {}

  /** See {@link #BOUND}. */
  record Bound() implements Tolerance {}

  /**
   * For algorithms that compute other sums than the definition's: each element within a multiple of
   * the largest bound, for their error follows the largest terms around an element, not the
   * element's own.
   *
   * @param factor over 1
   */
  record Widened(double factor) implements Tolerance {}

  /** For data of this kind and an algorithm of this rounding factor. */
  static Tolerance of(Data data, double roundingFactor) {
    if (roundingFactor > 1) {
      return new Widened(roundingFactor);
    }
    return switch (data) {
      case INTEGER -> EXACT;
      case REAL -> BOUND;
    };
  }
}
