// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.Devices;
import io.pointwise.device.MaxIsa;

/** The CPU device with code for AVX2, also where the processor has more. */
final class CpuAvx2ConformanceTest extends DeviceConformance {
  @Override
  protected String deviceName() {
    return "cpu";
  }

  @Override
  protected Device openDevice() {
    return Devices.installed()
        .open(new DevicePolicy.Require("cpu"), new DeviceOptions(0, MaxIsa.AVX2))
        .device();
  }

  @Override
  protected boolean mayRefuse() {
    return false;
  }
}
