// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/**
 * Memory at {@code base + displacement}.
 *
 * @param displacement in bytes
 */
record Mem(Gpr base, int displacement) {
  static Mem at(Gpr base) {
    return new Mem(base, 0);
  }

  /**
   * At a distance that must fit an instruction.
   *
   * @throws ArithmeticException if it does not fit 32 bits
   */
  static Mem at(Gpr base, long displacement) {
    return new Mem(base, Math.toIntExact(displacement));
  }
}
