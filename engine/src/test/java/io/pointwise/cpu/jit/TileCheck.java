// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.util.List;

/** Holds the output of a kernel against what its twin says. */
final class TileCheck {
  private TileCheck() {}

  /** Fails where a sum is not within its bound, or something beside the sums was written. */
  static void requireRight(TileTwin twin, TileData data, TileData.Numbers numbers, Extent output) {
    int changed = data.output().firstChange(output);
    if (changed >= 0) {
      throw new AssertionError("float " + changed + " beside the sums was changed: " + twin);
    }
    List<TileTwin.Product> products = twin.products();
    for (TileTwin.Sum sum : twin.sums()) {
      float actual = output.get(twin.output(sum));
      TileTwin.Bounded expected = twin.expected(sum, products, data);
      boolean exact = numbers == TileData.Numbers.INTEGERS;
      if (!isRight(actual, expected.value(), exact ? 0 : expected.bound())) {
        throw new AssertionError(
            "%s is %s, expected %s within %s: %s"
                .formatted(sum, actual, expected.value(), expected.bound(), twin));
      }
    }
  }

  /** NaN where NaN is expected and nowhere else; infinities the same. */
  static boolean isRight(float actual, double expected, double bound) {
    if (Double.isNaN(expected)) {
      return Float.isNaN(actual);
    }
    if (Double.isInfinite(expected)) {
      return actual == expected;
    }
    return Math.abs(actual - expected) <= bound;
  }
}
