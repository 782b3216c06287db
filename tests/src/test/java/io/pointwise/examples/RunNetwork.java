// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.examples;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.Devices;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.plan.Plan;
import io.pointwise.plan.Planner;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;

/** The example of the README, run by {@link ReadmeTest}. */
final class RunNetwork {
  private RunNetwork() {}

  static float[] classify(float[] pixels) {
    // README
    Network net =
        Network.builder("digits")
            .input("image", Shape.of(1, 1, 28, 28))
            .conv(32, Window.square(3).padSame())
            .relu()
            .maxPool(Window.square(2).stride(2))
            .pointwise(10)
            .globalAvgPool()
            .flatten()
            .softmax()
            .build(42);
    DevicePolicy policy = DevicePolicy.parse("prefer:cuda,opencl,cpu");
    try (Device device = Devices.installed().open(policy, DeviceOptions.DEFAULT).device();
        Plan plan = Planner.plan(net, device)) {
      Tensor scores = plan.run(Tensor.of(Shape.of(1, 1, 28, 28), pixels));
      return scores.toArray();
    }
    // README
  }
}
