// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

/**
 * A set of numbers that float32 computes with exactly: multiples of {@code 2^-fractionBits} up to
 * {@code max} in magnitude. Sums of such numbers are exact in any order as long as the sum of the
 * magnitudes stays in the set.
 *
 * @param max largest magnitude
 * @param fractionBits bits behind the binary point
 */
record Grid(double max, int fractionBits) {
  private static final int MANTISSA_BITS = 24;

  /** Whether each of these numbers is a float32. */
  boolean isExact() {
    return Math.scalb(max, fractionBits) <= 1 << MANTISSA_BITS;
  }

  Grid plus(Grid other) {
    return new Grid(max + other.max, Math.max(fractionBits, other.fractionBits));
  }

  Grid times(Grid other) {
    return new Grid(max * other.max, fractionBits + other.fractionBits);
  }

  /** Either of the two sets. */
  Grid or(Grid other) {
    return new Grid(Math.max(max, other.max), Math.max(fractionBits, other.fractionBits));
  }

  /** Sum of {@code terms} such numbers. */
  Grid sumOf(long terms) {
    return new Grid(max * terms, fractionBits);
  }

  Grid atMost(double limit) {
    return new Grid(Math.min(max, limit), fractionBits);
  }

  /** The set that a constant needs. */
  static Grid of(float constant) {
    int bits = 0;
    float scaled = Math.abs(constant);
    while (scaled != Math.rint(scaled)) {
      scaled *= 2;
      bits++;
    }
    return new Grid(Math.abs(constant), bits);
  }
}
