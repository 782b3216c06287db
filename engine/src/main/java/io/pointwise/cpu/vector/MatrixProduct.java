// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Tasks of {@link ProductTasks}. The rows of a task are packed once, for the whole reduction; then
 * every panel of columns is packed block by block and multiplied with them. The order of a sum is
 * that of the reduction, however the work is split.
 */
final class MatrixProduct {
  private final ProductTasks tasks;
  private final long[] rowOffsets;

  MatrixProduct(ProductTasks tasks) {
    this.tasks = tasks;
    this.rowOffsets = new long[tasks.k()];
    for (int p = 0; p < rowOffsets.length; p++) {
      rowOffsets[p] = (long) p * tasks.n() * Float.BYTES;
    }
  }

  /** Computes a task; the matrices are those of these numbers in {@code a} and {@code b}. */
  void compute(
      MemorySegment a,
      long matrixA,
      MemorySegment b,
      long matrixB,
      MemorySegment output,
      int task) {
    int k = tasks.k();
    int n = tasks.n();
    int firstRow = tasks.firstRow(task);
    int rows = Math.min(tasks.rowChunk(), tasks.m() - firstRow);
    int panelStart = tasks.rowChunk() * k;
    int block = Math.min(k, PackedFilters.BLOCK);
    Scratch scratch =
        Scratch.of(
            panelStart + block * ProductTasks.panelFloats(),
            tasks.rowChunk() * ProductTasks.panelFloats());
    float[] packed = scratch.panel();
    float[] sums = scratch.sums();
    packRows(a, (matrixA * tasks.m() + firstRow) * k, rows, k, packed);
    PanelPacker packer = new PanelPacker(b, matrixB * k * n * Float.BYTES, rowOffsets, packed);
    long firstOutput = (tasks.matrix(task) * tasks.m() + firstRow) * n;
    int end = tasks.endColumn(task);
    for (int column = tasks.firstColumn(task); column < end; ) {
      int vectors = Math.min(GemmTiles.MOST_VECTORS, Math.ceilDiv(end - column, Lanes.LENGTH));
      int width = vectors * Lanes.LENGTH;
      int count = Math.min(width, end - column);
      multiply(packer, packed, panelStart, column, vectors, count, sums, rows);
      for (int row = 0; row < rows; row++) {
        long to = (firstOutput + (long) row * n + column) * Float.BYTES;
        MemorySegment.copy(sums, row * width, output, Lanes.FLOAT, to, count);
      }
      column += width;
    }
  }

  /** All rows by one panel of columns. */
  private void multiply(
      PanelPacker packer,
      float[] packed,
      int panelStart,
      int column,
      int vectors,
      int count,
      float[] sums,
      int rows) {
    GemmTile tile = GemmTiles.ofWidth(vectors);
    int width = vectors * Lanes.LENGTH;
    int tiles = Math.ceilDiv(rows, GemmTiles.ROWS);
    Arrays.fill(sums, 0, tiles * GemmTiles.ROWS * width, 0);
    for (int start = 0; start < tasks.k(); start += PackedFilters.BLOCK) {
      int end = Math.min(start + PackedFilters.BLOCK, tasks.k());
      packer.pack(
          (long) column * Float.BYTES,
          start,
          end,
          vectors,
          Lanes.first(count - (vectors - 1L) * Lanes.LENGTH),
          panelStart);
      for (int t = 0; t < tiles; t++) {
        int from = (t * tasks.k() + start) * GemmTiles.ROWS;
        int to = t * GemmTiles.ROWS * width;
        tile.accumulate(packed, from, packed, panelStart, sums, to, end - start);
      }
    }
  }

  /** Packs rows of {@code a} as the tiles read them; those that are missing to a tile are zero. */
  private static void packRows(MemorySegment a, long first, int rows, int k, float[] packed) {
    int whole = Math.ceilDiv(rows, GemmTiles.ROWS) * GemmTiles.ROWS;
    for (int row = 0; row < whole; row++) {
      int to = row / GemmTiles.ROWS * GemmTiles.ROWS * k + row % GemmTiles.ROWS;
      if (row < rows) {
        packRow(a, (first + (long) row * k) * Float.BYTES, k, packed, to);
      } else {
        for (int p = 0; p < k; p++) {
          packed[to + p * GemmTiles.ROWS] = 0;
        }
      }
    }
  }

  private static void packRow(MemorySegment a, long from, int k, float[] packed, int to) {
    int write = to;
    for (int p = 0; p < k; p++) {
      packed[write] = a.get(Lanes.FLOAT, from + (long) p * Float.BYTES);
      write += GemmTiles.ROWS;
    }
  }
}
