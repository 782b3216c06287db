// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.device.Device;
import io.pointwise.device.Precision;
import java.util.Set;

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

  /** TF32 is cuBLAS's and cuDNN's affair, with our kernels from wherever. */
  @Override
  protected Set<Precision> precisions() {
    return Set.of(Precision.FP32, Precision.TF32);
  }

  @Override
  protected boolean mayRefuse() {
    return false;
  }
}
