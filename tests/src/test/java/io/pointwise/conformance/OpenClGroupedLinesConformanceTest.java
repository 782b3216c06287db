// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.device.Device;

/** The first OpenCL device with a work-group a line, as on a GPU with few lines. */
final class OpenClGroupedLinesConformanceTest extends DeviceConformance {
  private static final String LINES = "pointwise.opencl.lines";

  @Override
  protected String deviceName() {
    return "opencl";
  }

  @Override
  protected Device openDevice() {
    System.setProperty(LINES, "group");
    try {
      return super.openDevice();
    } finally {
      System.clearProperty(LINES);
    }
  }

  @Override
  protected boolean mayRefuse() {
    return false;
  }
}
