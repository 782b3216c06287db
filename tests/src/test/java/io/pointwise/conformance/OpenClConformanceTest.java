// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

/** The first OpenCL device of this machine, whatever it is. */
final class OpenClConformanceTest extends DeviceConformance {
  @Override
  protected String deviceName() {
    return "opencl";
  }

  /** It takes every step there is. */
  @Override
  protected boolean mayRefuse() {
    return false;
  }
}
