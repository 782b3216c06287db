// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import io.pointwise.conformance.DeviceConformance;
import io.pointwise.device.Device;

/** The remote device passes the suite as any device does. */
final class RemoteConformanceTest extends DeviceConformance {
  @Override
  protected String deviceName() {
    return "remote";
  }

  @Override
  protected Device openDevice() {
    return new RemoteDevice(1, 100_000);
  }

  /** What one of its algorithms refuses another one takes, or the planner takes apart. */
  @Override
  protected boolean mayRefuse() {
    return false;
  }
}
