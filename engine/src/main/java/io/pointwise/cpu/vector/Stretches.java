// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

/** Pieces of a task that are worked on in arrays, short enough for the first-level cache. */
final class Stretches {
  /** Floats of a whole piece; a multiple of every vector's length. */
  static final int FLOATS = 2048;

  private Stretches() {}

  /** Floats of the piece that begins at {@code at}, the last one ending at {@code end}. */
  static int length(long at, long end) {
    return (int) Math.min(FLOATS, end - at);
  }
}
