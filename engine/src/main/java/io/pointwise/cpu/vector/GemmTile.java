// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

/**
 * The register-tiled inner kernel of a GEMM: {@code C += A · B} for a tile of {@link #rows} rows
 * and {@link #vectors} vectors of columns that stays in registers over the whole reduction.
 *
 * <p>The tiles are written out by hand, one local variable an accumulator, and each in a class of
 * its own, because C2 keeps such locals in registers but boxes vectors (a hundred times slower)
 * when they sit in arrays, when a condition merges two of them, or when inlining stops half-way.
 * For the last reason the operands are arrays: what a {@code fromArray} inlines is a fraction of
 * what a {@code fromMemorySegment} does, and does not depend on the kinds of memory seen elsewhere.
 * The loads of B are then not aligned; that costs less than the longer chain does.
 */
interface GemmTile {
  /** Rows of C. */
  int rows();

  /** Vectors in a row of C. */
  int vectors();

  /**
   * Adds the product.
   *
   * @param a packed {@code [k][rows]} from {@code aStart} on
   * @param b packed {@code [k][vectors · lanes]} from {@code bStart} on
   * @param c the tile {@code [rows][vectors · lanes]} from {@code cStart} on
   * @param k length of the reduction
   */
  void accumulate(float[] a, int aStart, float[] b, int bStart, float[] c, int cStart, int k);
}
