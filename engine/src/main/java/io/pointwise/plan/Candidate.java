// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import org.jspecify.annotations.Nullable;

/**
 * What became of one algorithm when a step was dispatched.
 *
 * @param algorithm its name
 * @param verdict chosen, refused, or accepting but not chosen
 * @param reason why it was refused, why it lets others go first, or what is wrong with its result;
 *     empty otherwise
 * @param medianNanos of a run, where candidates were measured; null where this one was not
 */
public record Candidate(
    String algorithm, Verdict verdict, String reason, @Nullable Long medianNanos) {
  /** What became of it. */
  public enum Verdict {
    /** Computes the step. */
    CHOSEN,
    /** Would, but is slower, comes later in the device's order, or lets others go first. */
    ACCEPTS,
    /** Would, but when it was measured its result was wrong, or it failed. */
    REJECTED,
    /** Does the operation, but not this step. */
    REFUSED,
    /** For other operations. */
    INAPPLICABLE
  }

  /** One that was not measured. */
  public Candidate(String algorithm, Verdict verdict, String reason) {
    this(algorithm, verdict, reason, null);
  }

  /** Whether it can compute the step, chosen or not. */
  public boolean accepts() {
    return verdict == Verdict.CHOSEN || verdict == Verdict.ACCEPTS;
  }
}
