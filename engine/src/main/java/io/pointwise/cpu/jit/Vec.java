// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/**
 * A vector register: xmm, ymm or zmm, as the instruction has it.
 *
 * @param number 0 to 31; above 15 with AVX-512 only
 */
record Vec(int number) {
  Vec {
    if (number < 0 || number > 31) {
      throw new IllegalArgumentException("vector register " + number + " is not from 0 to 31");
    }
  }

  static Vec of(int number) {
    return new Vec(number);
  }
}
