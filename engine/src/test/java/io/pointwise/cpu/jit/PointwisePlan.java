// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.CpuProvider;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DeviceProvider;
import io.pointwise.network.Network;
import io.pointwise.plan.Plan;
import io.pointwise.plan.Planner;
import io.pointwise.reference.Comparison;
import io.pointwise.reference.Expected;
import io.pointwise.reference.Reference;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;

/** A 1×1 layer on the CPU device, for programs of their own. */
final class PointwisePlan {
  private static final Shape IMAGE = Shape.of(1, 5, 4, 7);
  private static final Network NETWORK =
      Network.builder("layer").input("image", IMAGE).pointwise(6).relu().build(3);
  private static final Tensor INPUT = input();
  private static final Expected EXPECTED = Reference.run(NETWORK, List.of(INPUT)).getFirst();

  private PointwisePlan() {}

  private static Tensor input() {
    SplittableRandom random = new SplittableRandom(11);
    Tensor input = Tensor.zeros(IMAGE);
    for (long i = 0; i < IMAGE.elements(); i++) {
      input.set(i, (float) random.nextGaussian());
    }
    return input;
  }

  /** The CPU device with one thread, found without a module's services. */
  static Device device() {
    CpuProvider provider = new CpuProvider();
    if (provider.probe() instanceof DeviceProvider.Found found) {
      return provider.open(found.devices().getFirst(), new DeviceOptions(1));
    }
    throw new AssertionError("the CPU is always there");
  }

  /** Plans, runs, compares and closes; returns the name of the algorithm. */
  static String run(Device device) {
    try (Plan plan = Planner.plan(NETWORK, device)) {
      Comparison comparison = Comparison.of(plan.run(INPUT), EXPECTED);
      if (!comparison.ok()) {
        throw new AssertionError(comparison.describe());
      }
      return plan.blueprint().steps().stream()
          .filter(step -> !step.covers().isEmpty())
          .map(step -> step.algorithm().name())
          .findFirst()
          .orElseThrow();
    }
  }
}
