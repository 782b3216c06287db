// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.output;

import io.pointwise.device.DeviceInfo;
import java.util.Map;

/** Which device ran, and what was skipped before it. */
public final class DeviceLine {
  private DeviceLine() {}

  /**
   * Prints the device, details of how it runs, and a line for each device that was preferred but
   * does not work.
   */
  public static void print(
      Screen screen, DeviceInfo device, String details, Map<String, String> skipped) {
    screen
        .out()
        .println(
            "device: "
                + device.id()
                + " ("
                + device.name()
                + (device.simulated() ? ", simulated" : "")
                + ")"
                + (details.isEmpty() ? "" : ", " + details));
    skipped.forEach((name, reason) -> screen.out().println("skipped: " + name + ": " + reason));
  }
}
