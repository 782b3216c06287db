// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.Algorithm;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.tuning.Outcome;
import io.pointwise.tuning.Tuned;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The choice of an algorithm for one step: the first of the device's that is allowed and accepts
 * without reluctance; if there is none, the first that accepts. Every refusal is kept. A pure
 * function of the step and the list. Where the candidates were measured, {@link #tuned} puts the
 * fastest in the place of the first.
 *
 * @param algorithm chosen, or null if none accepts
 * @param offers of all that accept, in order
 * @param candidates all of them, in order
 */
record Dispatch(@Nullable Algorithm algorithm, List<Offer> offers, List<Candidate> candidates) {
  /**
   * Of an algorithm that accepts.
   *
   * @param algorithm that accepts
   * @param choices in which it takes the step
   */
  record Offer(Algorithm algorithm, List<LayoutChoice> choices) {}

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
    List<Offer> offers = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      candidates.add(candidate(algorithms.get(i).name(), answers.get(i), i == chosen));
      if (answers.get(i) instanceof Support.Yes yes) {
        offers.add(new Offer(algorithms.get(i), yes.choices()));
      }
    }
    return new Dispatch(chosen < 0 ? null : algorithms.get(chosen), offers, candidates);
  }

  /** The choices of the algorithm that was chosen; empty without one. */
  List<LayoutChoice> choices() {
    return offers.stream()
        .filter(offer -> offer.algorithm().equals(algorithm))
        .map(Offer::choices)
        .findFirst()
        .orElse(List.of());
  }

  /** Those among which measuring decides: all that accept, references left out. */
  List<Offer> contenders() {
    return offers.stream().filter(offer -> !offer.algorithm().isReference()).toList();
  }

  /** The same with the fastest chosen, and what measuring found of each; it found a winner. */
  Dispatch tuned(Tuned tuned) {
    String winner = tuned.winner().orElseThrow().algorithm();
    Algorithm fastest =
        offers.stream()
            .map(Offer::algorithm)
            .filter(each -> each.name().equals(winner))
            .findFirst()
            .orElseThrow();
    List<Candidate> all =
        candidates.stream()
            .map(each -> each.accepts() ? measured(each, tuned, winner) : each)
            .toList();
    return new Dispatch(fastest, offers, all);
  }

  private static Candidate measured(Candidate candidate, Tuned tuned, String winner) {
    String name = candidate.algorithm();
    return switch (tuned.of(name).orElse(null)) {
      case null -> new Candidate(name, Candidate.Verdict.ACCEPTS, "a reference, not measured");
      case Outcome.Timed timed ->
          new Candidate(
              name,
              name.equals(winner) ? Candidate.Verdict.CHOSEN : Candidate.Verdict.ACCEPTS,
              "",
              timed.medianNanos());
      case Outcome.Wrong wrong ->
          new Candidate(name, Candidate.Verdict.REJECTED, "wrong when measured: " + wrong.reason());
      case Outcome.Failed failed ->
          new Candidate(name, Candidate.Verdict.REJECTED, "failed: " + failed.reason());
    };
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
