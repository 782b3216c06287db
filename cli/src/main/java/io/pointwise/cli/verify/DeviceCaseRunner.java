// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

import io.pointwise.cli.bench.Verification;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceException;
import io.pointwise.device.OutOfDeviceMemoryException;
import io.pointwise.network.Network;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import io.pointwise.plan.PlanningException;
import io.pointwise.reference.Expected;
import io.pointwise.reference.Reference;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Runs a network on a device, with memory that is watched, and compares with the reference. */
record DeviceCaseRunner(Device device, PlanOptions options)
    implements Function<DeviceCase, CaseResult> {
  private static final long SEED = 42;

  @Override
  public CaseResult apply(DeviceCase each) {
    Network network = each.network().get();
    Blueprint blueprint;
    try {
      blueprint = Planner.blueprint(network, device, options.withGuarded(true));
    } catch (PlanningException e) {
      return CaseResult.unsupported(each.name(), String.valueOf(e.getMessage()));
    }
    SplittableRandom random = new SplittableRandom(SEED);
    List<Tensor> inputs =
        network.inputs().values().stream().map(shape -> filled(shape, random)).toList();
    List<Tensor> outputs =
        network.outputs().stream().map(name -> unset(network.shape(name))).toList();
    List<Expected> expected =
        Reference.run(network, inputs, blueprint.winograd(), options.precision());
    try (Plan plan = Plan.prepare(blueprint, device)) {
      plan.run(inputs, outputs);
    } catch (OutOfDeviceMemoryException e) {
      throw e;
    } catch (DeviceException e) {
      return CaseResult.fail(each.name(), String.valueOf(e.getMessage()), null);
    }
    Verification verification = Verification.of(outputs, expected);
    return verification.ok()
        ? CaseResult.pass(each.name(), verification.maxError())
        : CaseResult.fail(
            each.name(), String.valueOf(verification.detail()), verification.maxError());
  }

  private static Tensor filled(Shape shape, SplittableRandom random) {
    Tensor tensor = Tensor.zeros(shape);
    for (long i = 0; i < shape.elements(); i++) {
      tensor.set(i, (float) (2 * random.nextDouble() - 1));
    }
    return tensor;
  }

  /** An output in which nothing is right until it was written. */
  private static Tensor unset(Shape shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (long i = 0; i < shape.elements(); i++) {
      tensor.memory().setAtIndex(ValueLayout.JAVA_FLOAT, i, Float.NaN);
    }
    return tensor;
  }
}
