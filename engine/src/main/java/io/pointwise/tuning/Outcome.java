// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

/** What came of measuring one candidate. */
public sealed interface Outcome {
  /** Name of the candidate. */
  String algorithm();

  /**
   * Its results were right.
   *
   * @param algorithm its name
   * @param medianNanos of a run, reorders that it needs included, on the device's clock
   */
  record Timed(String algorithm, long medianNanos) implements Outcome {
    public Timed {
      if (medianNanos < 0) {
        throw new IllegalArgumentException(
            algorithm + ": a median of " + medianNanos + " ns is negative");
      }
    }
  }

  /**
   * A result was beyond the bound on its error; such a candidate has no time and is not chosen.
   *
   * @param algorithm its name
   * @param reason the worst element
   */
  record Wrong(String algorithm, String reason) implements Outcome {}

  /**
   * The device could not do it here and now; that is not stored.
   *
   * @param algorithm its name
   * @param reason of the device
   */
  record Failed(String algorithm, String reason) implements Outcome {}
}
