// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.device.Precision;
import java.util.Set;

/** The first CUDA device of this machine, a simulated one where the software CUDA is in use. */
final class CudaConformanceTest extends DeviceConformance {
  @Override
  protected String deviceName() {
    return "cuda";
  }

  /** TF32 needs compute capability 8.0, which the simulated device has. */
  @Override
  protected Set<Precision> precisions() {
    return Set.of(Precision.FP32, Precision.TF32);
  }

  /** It takes every step there is. */
  @Override
  protected boolean mayRefuse() {
    return false;
  }
}
