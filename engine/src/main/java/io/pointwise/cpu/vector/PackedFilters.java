// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.layer.GemmShape;
import io.pointwise.tensor.Tensor;

/**
 * Filters in the order in which the tiles read them, made once at planning: {@code [group][block of
 * k][tile of rows][k][row]}. Rows beyond the last are zero, so every tile is full.
 *
 * <p>Blocks of {@link #BLOCK} steps of the reduction keep a panel of columns in the first-level
 * cache (at 512 bits 192 × 48 floats are 36 KiB) while the tiles of rows pass over it.
 */
final class PackedFilters {
  /** Steps of the reduction in a block. */
  static final int BLOCK = 192;

  private final float[] values;
  private final int k;
  private final int paddedRows;

  private PackedFilters(float[] values, int k, int paddedRows) {
    this.values = values;
    this.k = k;
    this.paddedRows = paddedRows;
  }

  /** Floats that packing takes. */
  static long floats(GemmShape shape, int groups) {
    return (long) groups * paddedRows(shape) * shape.k();
  }

  /**
   * Packs OIHW filters: row {@code m} of group {@code g} is the {@code k} values of output channel
   * {@code g·rows + m}.
   */
  static PackedFilters pack(Tensor weight, GemmShape shape, int groups) {
    int k = Math.toIntExact(shape.k());
    float[] values = new float[Math.toIntExact(floats(shape, groups))];
    PackedFilters packed = new PackedFilters(values, k, paddedRows(shape));
    for (int group = 0; group < groups; group++) {
      for (int row = 0; row < shape.m(); row++) {
        long from = ((long) group * shape.m() + row) * k;
        for (int p = 0; p < k; p++) {
          values[packed.index(group, row, p)] = weight.get(from + p);
        }
      }
    }
    return packed;
  }

  private static int paddedRows(GemmShape shape) {
    return Math.ceilDiv(shape.m(), GemmTiles.ROWS) * GemmTiles.ROWS;
  }

  private int index(int group, int row, int p) {
    int start = p / BLOCK * BLOCK;
    int tile = row / GemmTiles.ROWS * GemmTiles.ROWS;
    return tile(group, start, tile) + (p - start) * GemmTiles.ROWS + row % GemmTiles.ROWS;
  }

  /**
   * Where the tile of rows that begins at {@code row} lies in the block of the reduction that
   * begins at {@code start}.
   */
  int tile(int group, int start, int row) {
    int blockLength = Math.min(BLOCK, k - start);
    return (group * k + start) * paddedRows + row * blockLength;
  }

  float[] values() {
    return values;
  }

  long bytes() {
    return (long) values.length * Float.BYTES;
  }
}
