// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.device.Device;
import io.pointwise.device.Precision;
import io.pointwise.layer.Winograd;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.PlannedStep;
import io.pointwise.plan.Planner;
import io.pointwise.plan.PlanningException;
import io.pointwise.reference.Expected;
import io.pointwise.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.opentest4j.TestAbortedException;

/**
 * Runs a sample on a device and compares the results with the reference.
 *
 * @param device that must compute
 * @param sample what it must compute
 */
record Trial(Device device, Sample sample) {
  /**
   * A context is used again by the next run, so what the first one leaves behind must not matter.
   */
  private static final int RUNS = 2;

  /**
   * Plans, runs, compares.
   *
   * @throws TestAbortedException if the device refuses the sample, with its reasons
   */
  void run(PlanOptions options) {
    Blueprint blueprint = blueprint(device, sample, options);
    try (Plan plan = Plan.prepare(blueprint, device)) {
      Map<String, Tensor> before = new HashMap<>();
      sample.readOnly().forEach((name, tensor) -> before.put(name, Tensors.copy(tensor)));
      for (int run = 0; run < RUNS; run++) {
        List<Tensor> outputs = sample.outputs();
        plan.run(sample.inputs(), outputs);
        compare(blueprint, outputs);
      }
      sample.readOnly().forEach((name, tensor) -> requireUnchanged(name, before, tensor));
    }
  }

  /** The plan of a sample on a device that may refuse it. */
  static Blueprint blueprint(Device device, Sample sample, PlanOptions options) {
    try {
      return Planner.blueprint(sample.network(), device, options);
    } catch (PlanningException e) {
      throw new TestAbortedException("unsupported: " + e.getMessage(), e);
    }
  }

  private void compare(Blueprint blueprint, List<Tensor> outputs) {
    Map<String, Winograd> winograd = blueprint.winograd();
    Precision precision = blueprint.options().precision();
    Tolerance tolerance = Tolerance.of(sample.data(), winograd.values(), precision);
    List<Expected> expected = sample.expected(winograd, precision);
    for (int i = 0; i < outputs.size(); i++) {
      String output = sample.network().outputs().get(i);
      String what = "output " + output + " of [" + steps(blueprint) + "]";
      Judge.check(what, outputs.get(i), expected.get(i), tolerance);
    }
  }

  private static void requireUnchanged(String name, Map<String, Tensor> before, Tensor after) {
    Tensor copy = before.get(name);
    if (copy == null || !Tensors.sameBits(copy, after)) {
      throw new AssertionError(name + " was changed by a run");
    }
  }

  private static String steps(Blueprint blueprint) {
    return blueprint.steps().stream().map(Trial::describe).collect(Collectors.joining("; "));
  }

  private static String describe(PlannedStep step) {
    return step.step().describe()
        + " by "
        + step.algorithm().name()
        + " "
        + step.choice().inputs()
        + " to "
        + step.choice().output();
  }
}
