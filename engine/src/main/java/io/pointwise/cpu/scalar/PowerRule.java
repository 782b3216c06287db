// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

/**
 * {@code a} to the power of {@code b}, and its error over a box of both.
 *
 * <p>For {@code a ≥ 0} the power is monotone in a and in b, so the extremes are at the corners of
 * the box. For an exponent that is a whole number for certain, a may be negative: the power is
 * monotone on either side of 0, so the extremes are at the ends of a and, if it is among them, at
 * 0. If the exponent is not, a negative number has no power, or has one for some of the exponents
 * that there may be: then the part of a that is not negative counts, as a device that finds itself
 * elsewhere has NaN, which no bound covers; and nothing can be said if a is negative. To all that
 * come the roundings of the power.
 */
final class PowerRule {
  private PowerRule() {}

  /** As IEEE 754 has it, where {@code Math.pow} differs: 1 to any power is 1, so is −1 to ±∞. */
  static double value(double a, double b) {
    return Math.abs(a) == 1 && Double.isInfinite(b) ? 1 : Math.pow(a, b);
  }

  /**
   * Bound on the error.
   *
   * @param y the power itself
   */
  static double error(double y, Interval base, Interval exponent) {
    boolean whole = exponent.isPoint() && exponent.low() == Math.rint(exponent.low());
    if (base.high() < 0 && !whole) {
      return Double.POSITIVE_INFINITY;
    }
    Interval power = whole ? wholePower(base, exponent.low()) : power(base.notNegative(), exponent);
    return power.farthest(y)
        + Rounding.gamma(Rounding.POW) * power.magnitude()
        + Rounding.flushed(2);
  }

  private static Interval power(Interval base, Interval exponent) {
    return Interval.hull(
        value(base.low(), exponent.low()),
        value(base.low(), exponent.high()),
        value(base.high(), exponent.low()),
        value(base.high(), exponent.high()));
  }

  private static Interval wholePower(Interval base, double exponent) {
    double low = value(base.low(), exponent);
    double high = value(base.high(), exponent);
    return base.mayBeZero()
        ? Interval.hull(low, high, value(0, exponent))
        : Interval.hull(low, high);
  }
}
