// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

/**
 * How to open a device.
 *
 * @param threads threads of the CPU device; 0 means all cores. Other devices ignore it.
 */
public record DeviceOptions(int threads) {
  public static final DeviceOptions DEFAULT = new DeviceOptions(0);

  public DeviceOptions {
    if (threads < 0 || threads > 4096) {
      throw new IllegalArgumentException(
          "threads=" + threads + " must be from 0 (all cores) to 4096");
    }
  }
}
