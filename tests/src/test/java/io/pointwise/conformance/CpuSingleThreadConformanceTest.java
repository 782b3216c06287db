// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.Devices;

/** The CPU device on one thread. */
final class CpuSingleThreadConformanceTest extends DeviceConformance {
  @Override
  protected String deviceName() {
    return "cpu";
  }

  @Override
  protected Device openDevice() {
    return Devices.installed().open(new DevicePolicy.Require("cpu"), new DeviceOptions(1)).device();
  }

  @Override
  protected boolean mayRefuse() {
    return false;
  }
}
