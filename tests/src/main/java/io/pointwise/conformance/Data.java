// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import java.util.Locale;

/** What tensors and weights hold. */
public enum Data {
  /**
   * Small integers, such that every partial sum is exact in float32: the result must be exact as
   * well.
   */
  INTEGER,
  /** Real values: the result must lie within the bound that the reference computes. */
  REAL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
