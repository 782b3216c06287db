// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceInfo;
import java.lang.module.ModuleDescriptor;

/**
 * What a measurement is for: two that have the same key would give the same times.
 *
 * @param engine version of the engine, whose algorithms were measured
 * @param device name, driver, whether it is simulated, and its configuration
 * @param step see {@link Contest#description}
 */
record TuningKey(String engine, String device, String step) {
  private static final String ENGINE = engineVersion();

  static TuningKey of(Device device, Contest contest) {
    DeviceInfo info = device.info();
    String text =
        (info.simulated() ? "simulated " : "")
            + info.kind()
            + ", "
            + info.name()
            + ", "
            + info.driver()
            + ", "
            + device.configuration();
    return new TuningKey(ENGINE, text, contest.description());
  }

  private static String engineVersion() {
    ModuleDescriptor descriptor = TuningKey.class.getModule().getDescriptor();
    return descriptor == null ? "unnamed" : descriptor.rawVersion().orElse("unversioned");
  }
}
