// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.device.Device;
import io.pointwise.layer.Reorder;
import io.pointwise.network.Network;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Candidate;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.PlannedStep;
import io.pointwise.plan.Planner;
import io.pointwise.plan.PlanningException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * With which algorithms a workload is run.
 *
 * @param blueprints one for each row
 * @param refusals algorithms that were asked for and do not take the workload
 * @param candidates all algorithms of the device, as a single convolution finds them without a
 *     wish; empty for blocks
 */
record Dispatches(List<Blueprint> blueprints, List<Refusal> refusals, List<Candidate> candidates) {
  /** Value of {@code --algorithm} for every algorithm that accepts. */
  static final String ALL = "all";

  /** An algorithm that was asked for, and why it does not take the workload. */
  record Refusal(String algorithm, String reason) {}

  /**
   * Decides.
   *
   * @param wish a name, a pattern, {@value #ALL}, or null for the planner's own choice. A block of
   *     several convolutions takes {@value #ALL} for the planner's own choice.
   */
  static Dispatches of(
      Workload workload,
      Network network,
      Device device,
      PlanOptions options,
      @Nullable String wish) {
    Blueprint own;
    try {
      own = Planner.blueprint(network, device, options);
    } catch (PlanningException e) {
      String asked = wish == null ? "any" : wish;
      return new Dispatches(List.of(), List.of(refusal(asked, e)), List.of());
    }
    List<Candidate> candidates =
        workload.isComposite() ? List.of() : computing(own).getFirst().candidates();
    if (wish == null || (wish.equals(ALL) && workload.isComposite())) {
      return new Dispatches(List.of(own), List.of(), candidates);
    }
    List<String> names =
        wish.equals(ALL)
            ? candidates.stream().filter(Candidate::accepts).map(Candidate::algorithm).toList()
            : List.of(wish);
    List<Blueprint> blueprints = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    for (String name : names) {
      try {
        blueprints.add(Planner.blueprint(network, device, options.withOnly(name)));
      } catch (PlanningException e) {
        refusals.add(
            candidates.stream()
                .filter(candidate -> candidate.algorithm().equals(name))
                .filter(candidate -> !candidate.accepts())
                .findFirst()
                .map(candidate -> new Refusal(name, candidate.reason()))
                .orElseGet(() -> refusal(name, e)));
      }
    }
    return new Dispatches(blueprints, refusals, candidates);
  }

  /** Names of the algorithms that compute, in the order of the steps, without those of reorders. */
  static String algorithms(Blueprint blueprint) {
    return computing(blueprint).stream()
        .map(step -> step.algorithm().name())
        .distinct()
        .collect(Collectors.joining("+"));
  }

  /** Reorders that planning put in. */
  static int reorders(Blueprint blueprint) {
    return blueprint.steps().size() - computing(blueprint).size();
  }

  private static List<PlannedStep> computing(Blueprint blueprint) {
    return blueprint.steps().stream()
        .filter(step -> !(step.step().operation() instanceof Reorder))
        .toList();
  }

  private static Refusal refusal(String algorithm, PlanningException e) {
    return new Refusal(algorithm, String.valueOf(e.getMessage()));
  }
}
