// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.DeviceUnavailableException;
import io.pointwise.device.Devices;

/** CUDA devices with the kernels that are shipped as PTX. */
final class ShippedKernels {
  private static final String PROGRAMS = "pointwise.cuda.programs";

  private ShippedKernels() {}

  /**
   * The first CUDA device; skips the test, or fails it, where there is none.
   *
   * @param shipped whether on the kernels that are shipped, else on what NVRTC compiles
   */
  static Device openCuda(boolean shipped) {
    if (shipped) {
      System.setProperty(PROGRAMS, "shipped");
    }
    try {
      return Devices.installed()
          .open(DevicePolicy.parse("require:cuda"), DeviceOptions.DEFAULT)
          .device();
    } catch (DeviceUnavailableException | DeviceException e) {
      throw RequiredDevices.fromEnvironment().absent("cuda", e);
    } finally {
      System.clearProperty(PROGRAMS);
    }
  }
}
