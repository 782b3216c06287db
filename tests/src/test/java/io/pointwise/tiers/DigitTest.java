// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tiers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.Devices;
import io.pointwise.network.Network;
import io.pointwise.network.Networks;
import io.pointwise.plan.Plan;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;
import io.pointwise.reference.Comparison;
import io.pointwise.reference.Expected;
import io.pointwise.reference.Reference;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A hand-written digit goes through a whole network on each tier; all agree with the reference. */
final class DigitTest {
  private final Network network = Networks.get("convnet-c", 5);

  @Test
  void theScalarTierIsWithinTheBound() throws IOException {
    requireWithinBound(PlanOptions.DEFAULT.withOnly("scalar-*"));
  }

  @Test
  void theVectorTierIsWithinTheBound() throws IOException {
    requireWithinBound(PlanOptions.DEFAULT.withOnly("vector-*", "scalar-*"));
  }

  private void requireWithinBound(PlanOptions options) throws IOException {
    Shape shape = network.inputs().values().iterator().next();
    Tensor digit = IdxImages.first(TestData.file("mnist/npm10k-images-idx3-ubyte.gz"), shape);
    Expected expected = Reference.run(network, List.of(digit)).getFirst();
    try (Device cpu =
            Devices.installed()
                .open(new DevicePolicy.Require("cpu"), DeviceOptions.DEFAULT)
                .device();
        Plan plan = Planner.plan(network, cpu, options)) {
      Comparison comparison = Comparison.of(plan.run(digit), expected);
      assertTrue(comparison.ok(), comparison::describe);
    }
  }
}
