// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

/**
 * How to open a device. Both are the CPU device's; others ignore them.
 *
 * @param threads 0 means all cores
 * @param maxIsa widest instruction set that code is generated for
 */
public record DeviceOptions(int threads, MaxIsa maxIsa) {
  public static final DeviceOptions DEFAULT = new DeviceOptions(0);

  public DeviceOptions {
    if (threads < 0 || threads > 4096) {
      throw new IllegalArgumentException(
          "threads=" + threads + " must be from 0 (all cores) to 4096");
    }
  }

  /** With the widest instruction set that the processor has. */
  public DeviceOptions(int threads) {
    this(threads, MaxIsa.AVX512);
  }
}
