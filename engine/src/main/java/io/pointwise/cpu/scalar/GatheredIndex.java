// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

/** An index out of a tensor: float32, negative ones count from the end. */
final class GatheredIndex {
  private GatheredIndex() {}

  /** The element along an axis of {@code size} that an index means; −1 for one that means none. */
  static int of(double index, int size) {
    if (index != Math.rint(index) || index < -size || index >= size) {
      return -1;
    }
    return (int) (index < 0 ? index + size : index);
  }
}
