// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import io.pointwise.layer.Winograd;
import io.pointwise.reference.Comparison;
import io.pointwise.reference.Expected;
import io.pointwise.reference.Reference;
import io.pointwise.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares results with the reference, within the bound of the formula that gave them. */
final class Judge {
  private final Contest contest;
  private final List<Tensor> inputs;
  private final Map<Optional<Winograd>, Expected> expected = new HashMap<>();

  Judge(Contest contest, List<Tensor> inputs) {
    this.contest = contest;
    this.inputs = inputs;
  }

  /** What is wrong with a contender's result; empty if nothing is. */
  Optional<String> mistake(Contender contender, Tensor result) {
    Expected right =
        expected.computeIfAbsent(
            contender.algorithm().winograd(contest.step()),
            formula -> Reference.step(contest.step(), inputs, contest.weights(), formula));
    Comparison comparison = Comparison.of(result, right);
    return comparison.ok() ? Optional.empty() : Optional.of(comparison.describe());
  }
}
