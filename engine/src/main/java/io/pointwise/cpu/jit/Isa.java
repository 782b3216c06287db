// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/** The instruction sets that code is generated for: vectors, registers, encoding. */
enum Isa {
  /** AVX-512 F, VL, DQ and BW: EVEX encoding, masks, 32 registers. */
  AVX512(64, 32),

  /** AVX2 and FMA: VEX encoding, 16 registers. */
  AVX2(32, 16);

  private final int bytes;
  private final int registers;

  Isa(int bytes, int registers) {
    this.bytes = bytes;
    this.registers = registers;
  }

  /** Bytes of a vector. */
  int bytes() {
    return bytes;
  }

  /** Floats of a vector. */
  int lanes() {
    return bytes / Float.BYTES;
  }

  /** Vector registers. */
  int registers() {
    return registers;
  }
}
