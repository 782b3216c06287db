// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/** Floats that are written into the code. */
final class Constants {
  private Constants() {}

  /** The value in all lanes of a register; overwrites {@code rax}. */
  static void load(Assembler a, Vec register, float value) {
    a.mov(Gpr.RAX, Float.floatToRawIntBits(value));
    a.vectors().fromInt(register, Gpr.RAX);
    a.vectors().broadcast(register, register);
  }
}
