// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

/**
 * A long run of floats cut into pieces that are worth a task of their own.
 *
 * @param floats in all
 */
record Chunks(long floats) {
  private static final long FLOATS = 1 << 14;

  int count() {
    return Math.toIntExact(Math.ceilDiv(floats, FLOATS));
  }

  long first(int chunk) {
    return chunk * FLOATS;
  }

  long length(int chunk) {
    return Math.min(FLOATS, floats - first(chunk));
  }
}
