// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.device.Precision;
import io.pointwise.layer.Winograd;
import java.util.Collection;

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
   * For data of this kind and convolutions by these formulas, whose constants may be no integers.
   * Other precisions than FP32 may not hold the integers.
   */
  static Tolerance of(Data data, Collection<Winograd> formulas, Precision precision) {
    boolean exact = data == Data.INTEGER && formulas.isEmpty() && precision == Precision.FP32;
    return exact ? EXACT : BOUND;
  }
}
