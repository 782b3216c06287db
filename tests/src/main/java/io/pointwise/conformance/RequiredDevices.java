// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.opentest4j.TestAbortedException;

/**
 * Devices whose absence is a failure, where others are skipped. Continuous integration names them
 * in the environment variable {@value #VARIABLE}: {@code cpu,opencl}.
 *
 * @param names kinds or devices
 */
public record RequiredDevices(Set<String> names) {
  /** Comma-separated names of devices. */
  public static final String VARIABLE = "POINTWISE_REQUIRED_DEVICES";

  public RequiredDevices {
    names = Set.copyOf(names);
  }

  /** As the environment says; none if it does not. */
  public static RequiredDevices fromEnvironment() {
    return parse(System.getenv().getOrDefault(VARIABLE, ""));
  }

  static RequiredDevices parse(String text) {
    return new RequiredDevices(
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Whether this device must be there and must support everything. */
  public boolean requires(String device) {
    int colon = device.indexOf(':');
    return names.contains(device) || (colon > 0 && names.contains(device.substring(0, colon)));
  }

  /**
   * What to throw for an absent device: a failure if it is required, else a reason to skip its
   * tests.
   */
  RuntimeException absent(String device, RuntimeException reason) {
    if (requires(device)) {
      throw new AssertionError(
          "device "
              + device
              + " is required by "
              + VARIABLE
              + " but absent: "
              + reason.getMessage(),
          reason);
    }
    return new TestAbortedException(
        "device " + device + " is absent: " + reason.getMessage(), reason);
  }
}
