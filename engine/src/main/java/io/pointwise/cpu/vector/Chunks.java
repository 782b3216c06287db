// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

/**
 * Many equal things cut into pieces that are worth a task of their own.
 *
 * @param things in all
 * @param each how many make a piece
 */
record Chunks(long things, long each) {
  private static final long FLOATS = 1 << 14;

  /** A long run of floats. */
  Chunks(long floats) {
    this(floats, FLOATS);
  }

  /** Rows, or other things, of so many floats each. */
  static Chunks ofRows(long rows, long floats) {
    return new Chunks(rows, Math.max(1, FLOATS / Math.max(1, floats)));
  }

  int count() {
    return Math.toIntExact(Math.ceilDiv(things, each));
  }

  long first(int chunk) {
    return chunk * each;
  }

  /** Behind the last thing of the chunk. */
  long end(int chunk) {
    return Math.min(things, first(chunk) + each);
  }

  long length(int chunk) {
    return end(chunk) - first(chunk);
  }
}
