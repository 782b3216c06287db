// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.Algorithm;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The choice of an algorithm for one step: the first of the device's that is allowed and accepts,
 * every refusal kept. A pure function of the step and the list.
 *
 * @param algorithm chosen, or null if none accepts
 * @param choices that it offers; empty without one
 * @param candidates all of them, in order
 */
record Dispatch(
    @Nullable Algorithm algorithm, List<LayoutChoice> choices, List<Candidate> candidates) {
  static final String NOT_ALLOWED = "not among the algorithms that were asked for";

  static Dispatch of(Step step, List<Algorithm> algorithms, Predicate<String> allowed) {
    Algorithm chosen = null;
    List<LayoutChoice> choices = List.of();
    List<Candidate> candidates = new ArrayList<>();
    for (Algorithm algorithm : algorithms) {
      String name = algorithm.name();
      switch (algorithm.check(step)) {
        case Support.Inapplicable other ->
            candidates.add(new Candidate(name, Candidate.Verdict.INAPPLICABLE, other.reason()));
        case Support.No no ->
            candidates.add(new Candidate(name, Candidate.Verdict.REFUSED, no.reason()));
        case Support.Yes yes -> {
          if (!allowed.test(name)) {
            candidates.add(new Candidate(name, Candidate.Verdict.REFUSED, NOT_ALLOWED));
          } else if (chosen != null) {
            candidates.add(new Candidate(name, Candidate.Verdict.ACCEPTS, ""));
          } else {
            chosen = algorithm;
            choices = yes.choices();
            candidates.add(new Candidate(name, Candidate.Verdict.CHOSEN, ""));
          }
        }
      }
    }
    return new Dispatch(chosen, choices, candidates);
  }

  /** All refusals in one sentence; those of algorithms for other operations do not count. */
  String refusals() {
    String reasons =
        candidates.stream()
            .filter(candidate -> candidate.verdict() == Candidate.Verdict.REFUSED)
            .map(candidate -> candidate.algorithm() + ": " + candidate.reason())
            .collect(Collectors.joining("; "));
    return reasons.isEmpty() ? "the device has none for this operation" : reasons;
  }
}
