// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

/** The CPU device on all cores. */
final class CpuConformanceTest extends DeviceConformance {
  @Override
  protected String deviceName() {
    return "cpu";
  }

  /** The scalar tier takes every step there is. */
  @Override
  protected boolean mayRefuse() {
    return false;
  }
}
