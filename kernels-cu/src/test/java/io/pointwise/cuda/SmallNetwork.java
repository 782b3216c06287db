// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import io.pointwise.device.Device;
import io.pointwise.layer.Window;
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

/** A few layers of different kernels, with an input and what must come out. */
final class SmallNetwork {
  private static final Shape IMAGE = Shape.of(1, 6, 9, 8);

  private static final Network NETWORK =
      Network.builder("small")
          .input("image", IMAGE)
          .pointwise(5)
          .relu()
          .conv(7, Window.square(3).pad(1))
          .relu()
          .maxPool(Window.square(2).stride(2))
          .globalAvgPool()
          .flatten()
          .linear(4)
          .softmax()
          .build(5);

  private static final Tensor INPUT = input();
  private static final Expected EXPECTED = Reference.run(NETWORK, List.of(INPUT)).getFirst();

  private SmallNetwork() {}

  private static Tensor input() {
    SplittableRandom random = new SplittableRandom(7);
    Tensor input = Tensor.zeros(IMAGE);
    for (long i = 0; i < IMAGE.elements(); i++) {
      input.set(i, random.nextFloat(-1, 1));
    }
    return input;
  }

  static Plan plan(Device device) {
    return Planner.plan(NETWORK, device);
  }

  /** Runs and compares with the reference. */
  static void requireRight(Plan plan) {
    Comparison comparison = Comparison.of(plan.run(INPUT), EXPECTED);
    if (!comparison.ok()) {
      throw new AssertionError(comparison.describe());
    }
  }

  /** Plans, runs and compares. */
  static void requireRight(Device device) {
    try (Plan plan = plan(device)) {
      requireRight(plan);
    }
  }
}
