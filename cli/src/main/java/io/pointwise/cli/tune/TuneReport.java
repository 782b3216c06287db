// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.tune;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pointwise.cli.bench.HostEnvironment;
import io.pointwise.cli.explain.CandidateJson;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Candidate;
import io.pointwise.plan.PlannedStep;
import io.pointwise.tuning.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The document of {@code pointwise tune --json}.
 *
 * @param schema name and version of this format
 * @param environment where the numbers come from
 * @param precision of the arithmetic
 * @param store file that holds the results
 * @param steps of all networks, in order
 */
record TuneReport(
    String schema, HostEnvironment environment, String precision, String store, List<Step> steps) {
  /**
   * A step of a network.
   *
   * @param network its name
   * @param name of the layer whose output the step gives
   * @param step what is computed, as {@code conv2d + relu}
   * @param algorithm that is chosen
   * @param choice measured, stored (measured earlier), or heuristic where there was nothing to
   *     decide
   * @param heuristic algorithm of the device's own order
   * @param medianNanos of the chosen one; null where nothing was measured
   * @param speedup time of the heuristic's / time of the chosen one; null where one is unknown
   * @param candidates of the operation
   */
  record Step(
      String network,
      String name,
      String step,
      String algorithm,
      String choice,
      String heuristic,
      @JsonProperty("median_ns") @Nullable Long medianNanos,
      @Nullable Double speedup,
      List<CandidateJson> candidates) {}

  static TuneReport of(
      HostEnvironment environment, String precision, String store, List<Step> steps) {
    return new TuneReport("pointwise-tune/1", environment, precision, store, List.copyOf(steps));
  }

  /**
   * The steps of a network.
   *
   * @param before as the device's own order has it
   * @param after as measuring has it
   */
  static List<Step> steps(Blueprint before, Blueprint after) {
    Map<String, String> heuristic = new HashMap<>();
    before.steps().forEach(step -> heuristic.put(step.step().name(), step.algorithm().name()));
    List<Step> steps = new ArrayList<>();
    for (PlannedStep step : after.steps()) {
      // Reorders are the planner's, and not tuned.
      if (!step.covers().isEmpty()) {
        steps.add(
            step(
                after.network().name(),
                step,
                heuristic.getOrDefault(step.step().name(), step.algorithm().name())));
      }
    }
    return steps;
  }

  private static Step step(String network, PlannedStep step, String heuristic) {
    String chosen = step.algorithm().name();
    Long nanos = nanos(step, chosen);
    Long before = nanos(step, heuristic);
    return new Step(
        network,
        step.step().name(),
        step.step().describe(),
        chosen,
        step.origin().name().toLowerCase(Locale.ROOT),
        heuristic,
        nanos,
        nanos == null || before == null ? null : (double) before / Math.max(1, nanos),
        step.candidates().stream()
            .filter(each -> each.verdict() != Candidate.Verdict.INAPPLICABLE)
            .map(CandidateJson::of)
            .toList());
  }

  private static @Nullable Long nanos(PlannedStep step, String algorithm) {
    for (Candidate candidate : step.candidates()) {
      if (candidate.algorithm().equals(algorithm)) {
        return candidate.medianNanos();
      }
    }
    return null;
  }

  /** Steps whose choice rests on this. */
  long count(Origin origin) {
    return steps.stream()
        .filter(step -> step.choice().equals(origin.name().toLowerCase(Locale.ROOT)))
        .count();
  }
}
