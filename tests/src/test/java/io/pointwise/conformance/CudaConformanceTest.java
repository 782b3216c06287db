// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

/** The first CUDA device of this machine, a simulated one where the software CUDA is in use. */
final class CudaConformanceTest extends DeviceConformance {
  @Override
  protected String deviceName() {
    return "cuda";
  }

  /** It takes every step there is. */
  @Override
  protected boolean mayRefuse() {
    return false;
  }
}
