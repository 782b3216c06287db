// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

/**
 * How the positions of one image are split into panels of columns, and the rows into chunks, so
 * that every worker has something to do.
 *
 * <p>Panels are as even as whole vectors allow: four vectors become two panels of two, not three
 * and one, because narrow tiles run below the speed of the registers.
 *
 * @param positions in one image
 * @param panels of columns
 * @param panelsAtOnce panels that one task computes, tile by tile next to each other
 * @param rowChunk rows that one task computes; a multiple of the tile's rows
 * @param chunks of rows
 */
record PanelSplit(int positions, int panels, int panelsAtOnce, int rowChunk, int chunks) {
  /** Tasks for each worker that are enough for an even split. */
  private static final int TASKS_PER_WORKER = 8;

  /** Rows below which packing the panel again for another chunk costs more than it brings. */
  private static final int LEAST_ROWS = 32;

  /** Rows whose accumulators stay in the second-level cache beside the filters. */
  private static final int MOST_ROWS = 512;

  /**
   * Bytes of packed panels that a task keeps at once, where the whole reduction is one block: some
   * panels next to each other write longer runs of each output row, for which the caches fetch
   * ahead. A reduction of several blocks writes too seldom for that to matter.
   */
  private static final long PANEL_BUDGET = 256 << 10;

  private static final int MOST_PANELS = 8;

  static PanelSplit of(int positions, int rows, long reduction, long products, int threads) {
    int vectors = Math.ceilDiv(positions, Lanes.LENGTH);
    int panels = panels(vectors, products, threads);
    long wanted = threads == 1 ? 1 : (long) threads * TASKS_PER_WORKER;
    int chunks =
        Math.clamp(Math.ceilDiv(wanted, panels * products), 1, Math.max(1, rows / LEAST_ROWS));
    chunks = Math.max(chunks, Math.ceilDiv(rows, MOST_ROWS));
    int rowChunk = Math.ceilDiv(Math.ceilDiv(rows, chunks), GemmTiles.ROWS) * GemmTiles.ROWS;
    chunks = Math.ceilDiv(rows, rowChunk);
    int atOnce = 1;
    if (reduction <= PackedFilters.BLOCK) {
      long panelBytes = reduction * GemmTiles.MOST_VECTORS * Lanes.BYTES;
      long most = Math.min(PANEL_BUDGET / panelBytes, panels * products * chunks / wanted);
      atOnce = Math.clamp(most, 1, Math.min(MOST_PANELS, panels));
    }
    return new PanelSplit(positions, panels, atOnce, rowChunk, chunks);
  }

  /**
   * As few as the widest tile allows, but where that makes only some for each thread, as many as
   * divide evenly: three panels keep two threads busy three quarters of the time, four slightly
   * narrower ones all of it.
   */
  private static int panels(int vectors, long products, int threads) {
    int fewest = Math.ceilDiv(vectors, GemmTiles.MOST_VECTORS);
    if (fewest * products >= (long) threads * TASKS_PER_WORKER) {
      return fewest;
    }
    long even = Math.ceilDiv(fewest * products, threads) * threads;
    return (int) Math.min(vectors, Math.ceilDiv(even, products));
  }

  /** First vector of a panel; of the panel after the last, the number of vectors. */
  int firstVector(int panel) {
    return (int) ((long) Math.ceilDiv(positions, Lanes.LENGTH) * panel / panels);
  }

  /** Tasks of one image and group. */
  int tasks() {
    return Math.ceilDiv(panels, panelsAtOnce) * chunks;
  }
}
