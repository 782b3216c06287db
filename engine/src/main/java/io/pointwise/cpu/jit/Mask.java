// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/** The mask registers of AVX-512 that may guard lanes; {@code k0} stands for "no mask". */
enum Mask {
  NONE(0),
  K1(1),
  K2(2),
  K3(3),
  K4(4),
  K5(5),
  K6(6),
  K7(7);

  private final int number;

  Mask(int number) {
    this.number = number;
  }

  /** 0 to 7. */
  int number() {
    return number;
  }
}
