// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.plan.Plan;
import io.pointwise.reference.Comparison;
import io.pointwise.reference.Expected;
import io.pointwise.reference.Reference;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A network with an input and what must come out.
 *
 * @param network with weights
 * @param input for it
 * @param expected from the reference
 */
record Workload(Network network, Tensor input, Expected expected) {
  private static final Network BRANCHES =
      Network.builder("branches")
          .input("image", Shape.of(1, 8, 7, 6))
          .branches(
              b -> b.pointwise(5).relu(),
              b -> b.pointwise(4).relu().conv(6, Window.square(3).pad(1)).relu(),
              b -> b.maxPool(Window.square(3).pad(1)).pointwise(5))
          .residual(b -> b.conv(16, Window.square(3).pad(1)).relu())
          .globalAvgPool()
          .flatten()
          .linear(4)
          .build(3);

  /**
   * Branches and a residual, which make the planner of the remote device reorder and take apart.
   */
  static Workload branches(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor input = Tensor.zeros(Shape.of(1, 8, 7, 6));
    for (long i = 0; i < input.shape().elements(); i++) {
      input.set(i, random.nextFloat(-1, 1));
    }
    return new Workload(BRANCHES, input, Reference.run(BRANCHES, List.of(input)).getFirst());
  }

  /** Runs and compares. */
  void requireRight(Plan plan) {
    Comparison comparison = Comparison.of(plan.run(input), expected);
    if (!comparison.ok()) {
      throw new AssertionError(comparison.describe());
    }
  }
}
