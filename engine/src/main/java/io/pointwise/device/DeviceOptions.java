// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

/**
 * How to open a device. A device ignores what is not for it.
 *
 * @param threads threads of the CPU device; 0 means all cores. Other devices ignore it.
 * @param maxIsa widest instruction set that the CPU device generates code for
 * @param deterministic whether the same inputs must give the same bits every time. Where they need
 *     not, algorithms of libraries whose sums come in another order each time may be used too.
 * @param workspaceBytes scratch memory that an algorithm of another library may have for a run of a
 *     step; one that needs more is not used
 */
public record DeviceOptions(
    int threads, MaxIsa maxIsa, boolean deterministic, long workspaceBytes) {
  /** {@link #workspaceBytes} unless asked for otherwise: 256 MiB. */
  public static final long DEFAULT_WORKSPACE = 256L << 20;

  public static final DeviceOptions DEFAULT = new DeviceOptions(0);

  public DeviceOptions {
    if (threads < 0 || threads > 4096) {
      throw new IllegalArgumentException(
          "threads=" + threads + " must be from 0 (all cores) to 4096");
    }
    if (workspaceBytes < 0) {
      throw new IllegalArgumentException(
          "workspaceBytes=" + workspaceBytes + " must not be negative");
    }
  }

  /** With the widest instruction set that the processor has. */
  public DeviceOptions(int threads) {
    this(threads, MaxIsa.AVX512);
  }

  /** Deterministic, with the default workspace. */
  public DeviceOptions(int threads, MaxIsa maxIsa) {
    this(threads, maxIsa, true, DEFAULT_WORKSPACE);
  }
}
