// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

/**
 * Some rows of one input plane as a window sees them: as doubles, with the padding written out as
 * zeros, so that a convolution over them needs no tests at the borders.
 */
final class PaddedRows {
  private final int rows;
  private final int columns;
  private final double[] values;
  private final double[] spreads;

  PaddedRows(int rows, int columns, boolean tracked) {
    this.rows = rows;
    this.columns = columns;
    this.values = new double[Math.multiplyExact(rows, columns)];
    this.spreads = new double[tracked ? values.length : 0];
  }

  int columns() {
    return columns;
  }

  double[] values() {
    return values;
  }

  /** See {@link Field#readSpread}; empty when errors are not tracked. */
  double[] spreads() {
    return spreads;
  }

  /**
   * Reads a plane of {@code ih × iw} elements that begins at {@code plane}, so that element {@code
   * [0, 0]} here is {@code [top, left]} there. The padding keeps the zeros that it was made with:
   * it lies at the same place in every plane.
   */
  void load(Field input, long plane, int ih, int iw, long top, long left, double gamma) {
    int from = (int) Math.max(0, -left);
    int count = (int) (Math.min(columns, iw - left) - from);
    if (count <= 0) {
      return;
    }
    for (int row = 0; row < rows; row++) {
      if (top + row < 0 || top + row >= ih) {
        continue;
      }
      long start = plane + (top + row) * iw + left + from;
      input.read(start, count, values, row * columns + from);
      if (spreads.length > 0) {
        input.readSpread(start, count, gamma, spreads, row * columns + from);
      }
    }
  }
}
