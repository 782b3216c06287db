// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import java.util.List;

/**
 * The tiles for this machine: as many accumulators as the registers hold beside the operands. With
 * 32 vector registers (AVX-512, AArch64) 8 × 3, with 16 (AVX2) 4 × 3; narrower ones for the last
 * columns.
 */
final class GemmTiles {
  private static final boolean MANY_REGISTERS = Lanes.SPECIES.vectorBitSize() != 256;

  private static final List<GemmTile> BY_WIDTH =
      MANY_REGISTERS
          ? List.of(new Tile8x1(), new Tile8x2(), new Tile8x3())
          : List.of(new Tile4x1(), new Tile4x2(), new Tile4x3());

  /** Rows of every tile. */
  static final int ROWS = MANY_REGISTERS ? 8 : 4;

  /** Vectors of the widest tile. */
  static final int MOST_VECTORS = BY_WIDTH.size();

  private GemmTiles() {}

  /** The tile of this many vectors, from 1 to {@link #MOST_VECTORS}. */
  static GemmTile ofWidth(int vectors) {
    return BY_WIDTH.get(vectors - 1);
  }
}
