// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/**
 * How rows are split into tiles of equal height and a lower one at the end.
 *
 * @param rows in all
 * @param height rows of a tile
 */
record RowSplit(int rows, int height) {
  /** Multiply-adds that are under way at once in the pipelines: fewer sums than these wait. */
  private static final int IN_FLIGHT = 8;

  /** What beginning and ending a tile costs, in multiply-adds of one step. */
  private static final int AROUND = 1;

  /** The split that takes the least time for tiles of that many vectors. */
  static RowSplit of(int rows, int vectors, Isa isa) {
    int best = 1;
    long least = Long.MAX_VALUE;
    for (int height = TileShape.mostRows(isa, vectors); height >= 1; height--) {
      long cost = (long) (rows / height) * cost(height, vectors);
      cost += rows % height == 0 ? 0 : cost(rows % height, vectors);
      if (cost < least) {
        least = cost;
        best = height;
      }
    }
    return new RowSplit(rows, Math.min(best, rows));
  }

  private static long cost(int height, int vectors) {
    return Math.max((long) height * vectors, IN_FLIGHT) + AROUND;
  }

  /** Tiles of full height. */
  int fullTiles() {
    return rows / height;
  }

  /** Rows of the last tile if it is lower; 0 if there is none. */
  int rest() {
    return rows % height;
  }

  /** Tiles in all. */
  int tiles() {
    return fullTiles() + (rest() > 0 ? 1 : 0);
  }
}
