// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

/**
 * What a device may hold in place of a number: anything within the number's error, and 0 for what
 * is so small that a device may take it for zero.
 *
 * @param low least
 * @param high greatest
 */
record Interval(double low, double high) {
  static Interval of(double x, double error) {
    double low = x - error;
    double high = x + error;
    if (low > 0 && low < Rounding.TINY) {
      low = 0;
    }
    if (high < 0 && high > -Rounding.TINY) {
      high = 0;
    }
    return new Interval(low, high);
  }

  /** From the least of these numbers to the greatest; of NaN if one of them is. */
  static Interval hull(double first, double... others) {
    double low = first;
    double high = first;
    for (double other : others) {
      low = Math.min(low, other);
      high = Math.max(high, other);
    }
    return new Interval(low, high);
  }

  /** The part that is not negative; 0 if there is none. */
  Interval notNegative() {
    return new Interval(Math.max(low, 0), Math.max(high, 0));
  }

  boolean mayBeZero() {
    return low <= 0 && high >= 0;
  }

  /** Whether it may be anything but 0. */
  boolean mayBeOther() {
    return low != 0 || high != 0;
  }

  /** Whether it is one number for certain. */
  boolean isPoint() {
    return low == high;
  }

  /**
   * Whether a number in here may be as great as one in the other, or greater; two that are certain
   * leave nothing open.
   */
  boolean mayReach(Interval other) {
    return !(isPoint() && other.isPoint()) && high >= other.low;
  }

  /** The largest magnitude in it. */
  double magnitude() {
    return Math.max(Math.abs(low), Math.abs(high));
  }

  /** The least magnitude in it. */
  double leastMagnitude() {
    return mayBeZero() ? 0 : Math.min(Math.abs(low), Math.abs(high));
  }

  /** From {@code y}, which lies in it, to the end that is farther away. */
  double farthest(double y) {
    return Math.max(high - y, y - low);
  }
}
