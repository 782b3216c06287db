// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

/** An index that a tensor holds as a float; negative ones count from the end. */
final class PickedIndex {
  /** An index that means no element. */
  static final int NONE = -1;

  private PickedIndex() {}

  /** Which of {@code size} elements is meant; {@link #NONE} if it is not whole or outside. */
  static int of(float index, int size) {
    int whole = (int) index;
    if (whole != index || whole < -size || whole >= size) {
      return NONE;
    }
    return whole < 0 ? whole + size : whole;
  }
}
