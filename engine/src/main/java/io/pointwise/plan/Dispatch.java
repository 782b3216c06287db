// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.Algorithm;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The choice of an algorithm for one step: the first of the device's that is allowed and accepts
 * without reluctance; if there is none, the first that accepts. Every refusal is kept. A pure
 * function of the step and the list.
 *
 * @param algorithm chosen, or null if none accepts
 * @param choices that it offers; empty without one
 * @param candidates all of them, in order
 */
record Dispatch(
    @Nullable Algorithm algorithm, List<LayoutChoice> choices, List<Candidate> candidates) {
  /**
   * Asks all algorithms about a step.
   *
   * @param exclusion why the caller does not allow an algorithm that accepts; empty if it does
   */
  static Dispatch of(Step step, List<Algorithm> algorithms, Function<Algorithm, String> exclusion) {
    List<Support> answers =
        algorithms.stream().map(algorithm -> answer(step, algorithm, exclusion)).toList();
    int chosen = chosen(answers);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      candidates.add(candidate(algorithms.get(i).name(), answers.get(i), i == chosen));
    }
    return chosen >= 0 && answers.get(chosen) instanceof Support.Yes yes
        ? new Dispatch(algorithms.get(chosen), yes.choices(), candidates)
        : new Dispatch(null, List.of(), candidates);
  }

  private static Support answer(
      Step step, Algorithm algorithm, Function<Algorithm, String> exclusion) {
    Support answer = algorithm.check(step);
    String excluded = answer instanceof Support.Yes ? exclusion.apply(algorithm) : "";
    return excluded.isEmpty() ? answer : Support.no(excluded);
  }

  /**
   * Place of the first that accepts without reluctance, else of the first that accepts, else −1.
   */
  private static int chosen(List<Support> answers) {
    int reluctant = -1;
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i) instanceof Support.Yes yes) {
        if (yes.reluctance().isEmpty()) {
          return i;
        }
        reluctant = reluctant < 0 ? i : reluctant;
      }
    }
    return reluctant;
  }

  private static Candidate candidate(String name, Support answer, boolean chosen) {
    return switch (answer) {
      case Support.Inapplicable other ->
          new Candidate(name, Candidate.Verdict.INAPPLICABLE, other.reason());
      case Support.No no -> new Candidate(name, Candidate.Verdict.REFUSED, no.reason());
      case Support.Yes _ when chosen -> new Candidate(name, Candidate.Verdict.CHOSEN, "");
      case Support.Yes yes -> new Candidate(name, Candidate.Verdict.ACCEPTS, yes.reluctance());
    };
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
