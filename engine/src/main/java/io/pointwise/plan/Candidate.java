// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

/**
 * What became of one algorithm when a step was dispatched.
 *
 * @param algorithm its name
 * @param verdict chosen, refused, or accepting but later in the device's order
 * @param reason why it was refused, or why it lets others go first; empty otherwise
 */
public record Candidate(String algorithm, Verdict verdict, String reason) {
  /** What became of it. */
  public enum Verdict {
    /** Computes the step. */
    CHOSEN,
    /** Would, but comes later in the device's order, or lets others go first. */
    ACCEPTS,
    /** Does the operation, but not this step. */
    REFUSED,
    /** For other operations. */
    INAPPLICABLE
  }

  /** Whether it can compute the step, chosen or not. */
  public boolean accepts() {
    return verdict == Verdict.CHOSEN || verdict == Verdict.ACCEPTS;
  }
}
