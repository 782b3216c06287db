// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/** The 64-bit general registers, by their number in encodings. */
enum Gpr {
  RAX(0),
  RCX(1),
  RDX(2),
  RBX(3),
  RSP(4),
  RBP(5),
  RSI(6),
  RDI(7),
  R8(8),
  R9(9),
  R10(10),
  R11(11),
  R12(12),
  R13(13),
  R14(14),
  R15(15);

  private final int number;

  Gpr(int number) {
    this.number = number;
  }

  /** 0 to 15. */
  int number() {
    return number;
  }

  /** The low three bits, which go into ModRM and SIB. */
  int low() {
    return number & 7;
  }

  /** The fourth bit, which goes into the prefix. */
  int high() {
    return number >> 3;
  }
}
