// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

/** What a choice rests on. */
public enum Origin {
  /** The order of the device's algorithms and what they know of themselves. */
  HEURISTIC,
  /** The candidates were measured while the plan was made. */
  MEASURED,
  /** They were measured earlier. */
  STORED
}
