// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

/**
 * How a stack of matrix products {@code [m, k] · [k, n]} is split over the workers: each task
 * computes some rows by some panels of columns of one product.
 *
 * @param m rows
 * @param n columns
 * @param k length of the reduction
 * @param rowChunk rows of a task; a multiple of the tile's rows
 * @param panelsAtOnce panels of columns of a task
 * @param count of the tasks
 */
record ProductTasks(int m, int n, int k, int rowChunk, int panelsAtOnce, int count) {
  /** Rows over which packing a panel of columns pays. */
  private static final int MOST_ROWS = 64;

  /** Floats of packed rows that stay in the second-level cache. */
  private static final int ROW_BUDGET = 1 << 16;

  /** Tasks for each worker that are enough for an even split. */
  private static final int TASKS_PER_WORKER = 4;

  static ProductTasks of(int m, int n, int k, long products, int threads) {
    int most = Math.clamp(ROW_BUDGET / Math.max(1, k), GemmTiles.ROWS, MOST_ROWS);
    int fit = Math.ceilDiv(m, GemmTiles.ROWS) * GemmTiles.ROWS;
    int rowChunk = Math.min(most / GemmTiles.ROWS * GemmTiles.ROWS, fit);
    if (m == 0 || n == 0 || products == 0) {
      return new ProductTasks(m, n, k, GemmTiles.ROWS, 1, 0);
    }
    long chunks = products * Math.ceilDiv(m, rowChunk);
    long wanted = threads == 1 ? 1 : (long) threads * TASKS_PER_WORKER;
    int panels = panels(n);
    int splits = Math.clamp(Math.ceilDiv(wanted, chunks), 1, panels);
    int atOnce = Math.ceilDiv(panels, splits);
    return new ProductTasks(
        m, n, k, rowChunk, atOnce, Math.toIntExact(chunks * Math.ceilDiv(panels, atOnce)));
  }

  private static int panels(int n) {
    return Math.ceilDiv(n, panelFloats());
  }

  /** Columns of a whole panel. */
  static int panelFloats() {
    return GemmTiles.MOST_VECTORS * Lanes.LENGTH;
  }

  private int columnSplits() {
    return Math.ceilDiv(panels(n), panelsAtOnce);
  }

  /** Number of the product in the stack. */
  long matrix(int task) {
    return task / columnSplits() / Math.ceilDiv(m, rowChunk);
  }

  int firstRow(int task) {
    return task / columnSplits() % Math.ceilDiv(m, rowChunk) * rowChunk;
  }

  int firstColumn(int task) {
    return task % columnSplits() * panelsAtOnce * panelFloats();
  }

  /** Behind the task's last column. */
  int endColumn(int task) {
    return (int) Math.min(n, firstColumn(task) + (long) panelsAtOnce * panelFloats());
  }
}
