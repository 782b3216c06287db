// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.planning;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.Devices;
import io.pointwise.network.Network;
import io.pointwise.plan.Blueprint;
import io.pointwise.plan.PlanOptions;
import io.pointwise.plan.Planner;

/** Plans on the CPU device. */
final class Cpu {
  private Cpu() {}

  static Device open() {
    return Devices.installed()
        .open(new DevicePolicy.Require("cpu"), DeviceOptions.DEFAULT)
        .device();
  }

  static Blueprint blueprint(Network network) {
    return blueprint(network, PlanOptions.DEFAULT);
  }

  static Blueprint blueprint(Network network, PlanOptions options) {
    try (Device device = open()) {
      return Planner.blueprint(network, device, options);
    }
  }
}
