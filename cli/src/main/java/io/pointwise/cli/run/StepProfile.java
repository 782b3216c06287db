// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import io.pointwise.cli.bench.Statistics;
import io.pointwise.onnx.OnnxSession;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.PlannedStep;
import io.pointwise.plan.Timing;
import java.util.ArrayList;
import java.util.List;

/** Times each step of the plan that a model's inputs lead to. */
final class StepProfile {
  private StepProfile() {}

  /**
   * Medians over some runs.
   *
   * @return one for each step; empty where nothing runs on the device
   */
  static List<RunReport.StepJson> of(OnnxSession session, List<TypedTensor> inputs, int runs) {
    List<List<Double>> nanos = new ArrayList<>();
    List<PlannedStep> steps = List.of();
    for (int run = 0; run < runs; run++) {
      OnnxSession.Profile profile = session.profile(inputs);
      Blueprint blueprint = profile.blueprint();
      Timing timing = profile.timing();
      if (blueprint == null || timing == null) {
        return List.of();
      }
      steps = blueprint.steps();
      for (int i = 0; i < steps.size(); i++) {
        if (run == 0) {
          nanos.add(new ArrayList<>());
        }
        nanos.get(i).add((double) timing.stepNanos().get(i));
      }
    }
    List<Double> medians = nanos.stream().map(Statistics::median).toList();
    double sum = Math.max(1, medians.stream().mapToDouble(Double::doubleValue).sum());
    List<RunReport.StepJson> profile = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      PlannedStep step = steps.get(i);
      profile.add(
          new RunReport.StepJson(
              step.covers(),
              step.step().describe(),
              step.algorithm().name(),
              Math.round(medians.get(i)),
              medians.get(i) / sum));
    }
    return profile;
  }
}
