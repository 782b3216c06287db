// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.device.Device;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Plan;
import io.pointwise.plan.Timing;
import io.pointwise.reference.Expected;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** A plan with its input and output, verified before it is timed and again after. */
final class TimedPlan implements Sampler.Timed, AutoCloseable {
  private final Plan plan;
  private final List<Tensor> inputs;
  private final List<Tensor> outputs;
  private final List<Tensor> verified = new ArrayList<>();

  TimedPlan(Blueprint blueprint, Device device, Tensor input) {
    this.plan = Plan.prepare(blueprint, device);
    this.inputs = List.of(input);
    this.outputs =
        blueprint.network().outputs().stream()
            .map(name -> Tensor.zeros(blueprint.network().shape(name)))
            .toList();
  }

  @Override
  public Timing run() {
    return plan.time(inputs, outputs);
  }

  /** Runs once into an output full of NaN, compares, and keeps the output. */
  Verification verify(List<Expected> expected) {
    for (Tensor output : outputs) {
      for (long i = 0; i < output.shape().elements(); i++) {
        output.memory().setAtIndex(ValueLayout.JAVA_FLOAT, i, Float.NaN);
      }
    }
    run();
    verified.clear();
    for (Tensor output : outputs) {
      Tensor copy = Tensor.zeros(output.shape());
      copy.memory().copyFrom(output.memory());
      verified.add(copy);
    }
    return Verification.of(outputs, expected);
  }

  /** Whether the output of the last run has the bits of the one that was verified. */
  boolean isUnchanged() {
    for (int i = 0; i < outputs.size(); i++) {
      if (verified.get(i).memory().mismatch(outputs.get(i).memory()) != -1) {
        return false;
      }
    }
    return true;
  }

  /** Compares the output of the last run. */
  Verification verifyLast(List<Expected> expected) {
    return Verification.of(outputs, expected);
  }

  @Override
  public void close() {
    plan.close();
  }
}
