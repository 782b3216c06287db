// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.plan;

import io.pointwise.device.Algorithm;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Step;
import io.pointwise.network.Weights;
import io.pointwise.tuning.Origin;
import java.util.List;

/**
 * A step with everything that was decided about it.
 *
 * @param step what is computed
 * @param algorithm how
 * @param choice layouts and workspace
 * @param origin what the choice of the algorithm rests on
 * @param candidates all algorithms of the device in order of preference, with what became of each
 * @param inputs ids of the {@link Storage}s that it reads
 * @param output id of the storage that it writes
 * @param weights folded weights, possibly lazy
 * @param covers names of the network's layers that it computes
 */
public record PlannedStep(
    Step step,
    Algorithm algorithm,
    LayoutChoice choice,
    Origin origin,
    List<Candidate> candidates,
    List<Integer> inputs,
    int output,
    Weights weights,
    List<String> covers) {
  public PlannedStep {
    candidates = List.copyOf(candidates);
    inputs = List.copyOf(inputs);
    covers = List.copyOf(covers);
  }
}
