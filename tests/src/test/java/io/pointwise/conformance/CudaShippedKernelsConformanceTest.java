// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.device.Device;

/**
 * The first CUDA device with the kernels that are shipped as PTX, as on a machine without NVRTC.
 */
final class CudaShippedKernelsConformanceTest extends DeviceConformance {
  @Override
  protected String deviceName() {
    return "cuda";
  }

  @Override
  protected Device openDevice() {
    return ShippedKernels.openCuda(true);
  }

  @Override
  protected boolean mayRefuse() {
    return false;
  }
}
