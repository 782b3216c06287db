// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/** The part of an instruction that addresses memory: ModRM, SIB, displacement. */
final class ModRm {
  private static final int NO_DISPLACEMENT = 0x00;
  private static final int ONE_BYTE = 0x40;
  private static final int FOUR_BYTES = 0x80;
  private static final int NO_INDEX = 0x24;

  private ModRm() {}

  /**
   * Adds the bytes.
   *
   * @param reg three bits for the other operand or the opcode
   * @param unit what a displacement of one byte counts in: 1, but the size of what is accessed
   *     under EVEX
   */
  static void memory(CodeBuffer code, int reg, Mem mem, int unit) {
    int base = mem.base().low();
    int displacement = mem.displacement();
    int mode = mode(mem, unit);
    code.add(mode | reg << 3 | base);
    if (base == Gpr.RSP.low()) {
      code.add(NO_INDEX);
    }
    if (mode == ONE_BYTE) {
      code.add(displacement / unit);
    } else if (mode == FOUR_BYTES) {
      code.addInt(displacement);
    }
  }

  private static int mode(Mem mem, int unit) {
    int displacement = mem.displacement();
    // Without a displacement this base would mean "relative to the next instruction".
    boolean needsOne = mem.base().low() == Gpr.RBP.low();
    if (displacement == 0 && !needsOne) {
      return NO_DISPLACEMENT;
    }
    int units = displacement / unit;
    return displacement % unit == 0 && units == (byte) units ? ONE_BYTE : FOUR_BYTES;
  }
}
