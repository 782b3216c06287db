// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.output;

import io.pointwise.device.DeviceInfo;

/** In JSON: the device that ran, or would run. */
public record RanDevice(String id, String name, String driver, boolean simulated) {
  public static RanDevice of(DeviceInfo info) {
    return new RanDevice(info.id(), info.name(), info.driver(), info.simulated());
  }
}
