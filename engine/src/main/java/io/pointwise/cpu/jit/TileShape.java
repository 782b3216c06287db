// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/**
 * A tile of sums that are kept in registers: {@code rows × vectors}. For each step of the reduction
 * it needs the vectors of one operand, and one float of the other for each row.
 *
 * @param rows of the tile
 * @param vectors of each row
 */
record TileShape(int rows, int vectors) {
  /**
   * Registers of floats that stand in all lanes; two, so that loading one hides behind the other.
   */
  private static final int BROADCASTS = 2;

  /** The most rows of tiles that are {@code vectors} wide. */
  static int mostRows(Isa isa, int vectors) {
    return (isa.registers() - vectors - BROADCASTS) / vectors;
  }

  int sums() {
    return rows * vectors;
  }
}
