// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Copies a panel of columns into an array, {@code [k][width]}; row {@code p} begins at a given
 * offset of the source.
 *
 * <p>Widths are written out: with all loads of a row in one iteration C2 checks the memory once,
 * and the loop runs several times faster than one vector at a time.
 */
final class PanelPacker {
  private final MemorySegment source;
  private final long base;
  private final long[] rowOffsets;
  private final float[] panel;

  /**
   * A packer of panels.
   *
   * @param source where the rows lie
   * @param base offset of the first column in a row of offset 0, in bytes
   * @param rowOffsets of each row, in bytes
   * @param panel target
   */
  PanelPacker(MemorySegment source, long base, long[] rowOffsets, float[] panel) {
    this.source = source;
    this.base = base;
    this.rowOffsets = rowOffsets;
    this.panel = panel;
  }

  /**
   * Packs rows {@code from} to {@code to} (exclusive).
   *
   * @param column offset of the panel's first column from the packer's, in bytes
   * @param vectors width of the panel
   * @param last lanes of a row's last vector that may be read; the others become zero
   * @param start where in the array the panel begins
   */
  void pack(long column, int from, int to, int vectors, VectorMask<Float> last, int start) {
    long first = base + column;
    int whole = last.allTrue() ? vectors : vectors - 1;
    int width = vectors * Lanes.LENGTH;
    switch (whole) {
      case 1 -> pack1(source, first, rowOffsets, from, to, panel, start, width);
      case 2 -> pack2(source, first, rowOffsets, from, to, panel, start, width);
      case 3 -> pack3(source, first, rowOffsets, from, to, panel, start, width);
      default -> {}
    }
    if (whole < vectors) {
      long at = first + whole * Lanes.BYTES;
      packMasked(
          source, at, rowOffsets, from, to, panel, start + whole * Lanes.LENGTH, width, last);
    }
  }

  private static void pack1(
      MemorySegment source,
      long base,
      long[] rowOffsets,
      int from,
      int to,
      float[] panel,
      int start,
      int width) {
    int at = start;
    for (int p = from; p < to; p++) {
      long row = base + rowOffsets[p];
      FloatVector.fromMemorySegment(Lanes.SPECIES, source, row, Lanes.ORDER).intoArray(panel, at);
      at += width;
    }
  }

  private static void pack2(
      MemorySegment source,
      long base,
      long[] rowOffsets,
      int from,
      int to,
      float[] panel,
      int start,
      int width) {
    int at = start;
    for (int p = from; p < to; p++) {
      long row = base + rowOffsets[p];
      FloatVector v0 = FloatVector.fromMemorySegment(Lanes.SPECIES, source, row, Lanes.ORDER);
      FloatVector v1 =
          FloatVector.fromMemorySegment(Lanes.SPECIES, source, row + Lanes.BYTES, Lanes.ORDER);
      v0.intoArray(panel, at);
      v1.intoArray(panel, at + Lanes.LENGTH);
      at += width;
    }
  }

  private static void pack3(
      MemorySegment source,
      long base,
      long[] rowOffsets,
      int from,
      int to,
      float[] panel,
      int start,
      int width) {
    int at = start;
    for (int p = from; p < to; p++) {
      long row = base + rowOffsets[p];
      FloatVector v0 = FloatVector.fromMemorySegment(Lanes.SPECIES, source, row, Lanes.ORDER);
      FloatVector v1 =
          FloatVector.fromMemorySegment(Lanes.SPECIES, source, row + Lanes.BYTES, Lanes.ORDER);
      FloatVector v2 =
          FloatVector.fromMemorySegment(Lanes.SPECIES, source, row + 2 * Lanes.BYTES, Lanes.ORDER);
      v0.intoArray(panel, at);
      v1.intoArray(panel, at + Lanes.LENGTH);
      v2.intoArray(panel, at + 2 * Lanes.LENGTH);
      at += width;
    }
  }

  private static void packMasked(
      MemorySegment source,
      long base,
      long[] rowOffsets,
      int from,
      int to,
      float[] panel,
      int start,
      int width,
      VectorMask<Float> mask) {
    int at = start;
    for (int p = from; p < to; p++) {
      long row = base + rowOffsets[p];
      FloatVector.fromMemorySegment(Lanes.SPECIES, source, row, Lanes.ORDER, mask)
          .intoArray(panel, at);
      at += width;
    }
  }
}
