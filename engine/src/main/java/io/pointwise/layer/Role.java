// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

/** What a weight tensor is to its layer. */
public enum Role {
  /**
   * Filters: OIHW for convolutions, {@code [ic, oc/groups, kh, kw]} for transposed ones, {@code
   * [out, in]} for linear.
   */
  WEIGHT,
  /** One value an output channel or feature, added. */
  BIAS,
  /** Batch norm's γ, one a channel. */
  SCALE,
  /** Batch norm's β, one a channel. */
  SHIFT,
  /** Batch norm's running mean, one a channel; not a parameter. */
  MEAN,
  /** Batch norm's running variance, one a channel; not a parameter. */
  VARIANCE,
  /** PReLU's negative slope: one a channel, or a single one for all. */
  SLOPE,
  /** What a constant holds; not a parameter. */
  VALUE;

  /** True for what training learns, hence counts as a parameter. */
  public boolean isParameter() {
    return this != MEAN && this != VARIANCE && this != VALUE;
  }
}
