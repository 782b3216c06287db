// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a step's candidates.
 *
 * @param origin whether it was measured now or earlier
 * @param outcomes one for each candidate
 */
public record Tuned(Origin origin, List<Outcome> outcomes) {
  public Tuned {
    outcomes = List.copyOf(outcomes);
  }

  /** What came of a candidate. */
  public Optional<Outcome> of(String algorithm) {
    return outcomes.stream().filter(each -> each.algorithm().equals(algorithm)).findFirst();
  }

  /** The fastest of those that were right; of several the first. Empty if none was. */
  public Optional<Outcome.Timed> winner() {
    return outcomes.stream()
        .filter(Outcome.Timed.class::isInstance)
        .map(Outcome.Timed.class::cast)
        .min(Comparator.comparingLong(Outcome.Timed::medianNanos));
  }

  /** Whether it speaks of all of these. */
  boolean covers(List<String> algorithms) {
    return algorithms.stream().allMatch(each -> of(each).isPresent());
  }

  /** Of these alone. */
  Tuned only(List<String> algorithms) {
    return new Tuned(
        origin, outcomes.stream().filter(each -> algorithms.contains(each.algorithm())).toList());
  }
}
