// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

import java.util.List;
import java.util.Locale;

/**
 * Which device may run something. Nothing falls back silently: a required device or an error; a
 * preference list, with every skipped entry and its reason in the result.
 */
public sealed interface DevicePolicy {
  /**
   * This device or an error.
   *
   * @param device a kind ({@code cuda}), a device ({@code opencl:1}) or part of a device's name
   *     ({@code opencl:radeon})
   */
  record Require(String device) implements DevicePolicy {}

  /**
   * The first of these that works.
   *
   * @param devices kinds, devices or parts of their names, in order
   */
  record Prefer(List<String> devices) implements DevicePolicy {
    public Prefer {
      devices = List.copyOf(devices);
      if (devices.isEmpty()) {
        throw new IllegalArgumentException("device policy prefer: names no device");
      }
    }
  }

  /**
   * The first GPU that works, CUDA before OpenCL, else the CPU. An OpenCL device that is a CPU is
   * taken only when named.
   */
  record Automatic() implements DevicePolicy {}

  /**
   * Reads {@code cpu}, {@code opencl:1}, {@code cuda:h100}, {@code require:cuda}, {@code
   * prefer:cuda,opencl,cpu} or {@code auto}. What follows the colon is a device's number or, if it
   * is not all digits, part of its name; case does not matter.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  static DevicePolicy parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (lower.equals("auto")) {
      return new Automatic();
    }
    if (lower.startsWith("prefer:")) {
      List<String> names = List.of(lower.substring("prefer:".length()).split(",", -1));
      names.forEach(DevicePolicy::requireName);
      return new Prefer(names);
    }
    String name = lower.startsWith("require:") ? lower.substring("require:".length()) : lower;
    requireName(name);
    return new Require(name);
  }

  private static void requireName(String name) {
    if (!name.matches("[a-z][a-z0-9-]*(:([0-9]{1,6}|(?=.*[^0-9]).*\\S.*))?")) {
      throw new IllegalArgumentException(
          "device \""
              + name
              + "\" is not a device name such as cpu, opencl:1, cuda:h100 or"
              + " prefer:cuda,opencl,cpu");
    }
  }
}
