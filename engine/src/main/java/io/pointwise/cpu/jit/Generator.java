// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/** Writes one function. Generators of equal parameters are equal and write the same code. */
interface Generator {
  /** The machine code; {@link Kernel} says how it is called. */
  byte[] generate();
}
