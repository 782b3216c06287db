// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.Workers;

/**
 * What code is generated for and run by.
 *
 * @param isa instruction set
 * @param workers threads that share a step
 * @param vectorTier whether the vector tier is there to apply activations that kernels do not
 */
record Host(Isa isa, Workers workers, boolean vectorTier) {
  /** Floats of a vector, and channels of a block. */
  int lanes() {
    return isa.lanes();
  }
}
