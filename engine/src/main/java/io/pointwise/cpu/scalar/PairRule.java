// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.layer.Elementwise;

/**
 * Value and error of an {@link Elementwise} function of a and b.
 *
 * <p>Error of {@code a − b}: {@code e_a + e_b} and one rounding, see {@link Rounding#ofOne}. Error
 * of {@code a / b}: a quotient is monotone in either number as long as b is not 0, so its extremes
 * are at the corners of the box {@code [a ± e_a] × [b ± e_b]}; then the roundings of a division,
 * and what is lost if the reciprocal of b is flushed. Where the box has {@code b = 0} in it,
 * nothing can be said. The lesser and the greater of two are monotone too, and do not round. For
 * powers see {@link PowerRule}.
 *
 * <p>Comparisons and truths are exact, unless the box holds numbers on which they turn out
 * otherwise: then they may be wrong by 1.
 */
final class PairRule {
  private PairRule() {}

  static double value(Elementwise.Function function, double a, double b) {
    return switch (function) {
      case SUBTRACT -> a - b;
      case DIVIDE -> a / b;
      case POWER -> Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : PowerRule.value(a, b);
      case MINIMUM -> Math.min(a, b);
      case MAXIMUM -> Math.max(a, b);
      case EQUAL -> truth(a == b);
      case LESS -> truth(a < b);
      case LESS_OR_EQUAL -> truth(a <= b);
      case AND -> truth(a != 0 && b != 0);
      case OR -> truth(a != 0 || b != 0);
    };
  }

  private static double truth(boolean condition) {
    return condition ? 1 : 0;
  }

  /** Where either is NaN it means nothing but for comparisons, which are exact then. */
  static double error(Elementwise.Function function, double a, double ea, double b, double eb) {
    double y = value(function, a, b);
    Interval first = Interval.of(a, ea);
    Interval second = Interval.of(b, eb);
    return switch (function) {
      case SUBTRACT -> ea + eb + Rounding.ofOne(y, ea + eb);
      case DIVIDE -> quotientError(y, first, second);
      case POWER -> PowerRule.error(y, first, second);
      case MINIMUM ->
          new Interval(Math.min(first.low(), second.low()), Math.min(first.high(), second.high()))
              .farthest(y);
      case MAXIMUM ->
          new Interval(Math.max(first.low(), second.low()), Math.max(first.high(), second.high()))
              .farthest(y);
      case EQUAL -> {
        boolean meet = first.low() <= second.high() && second.low() <= first.high();
        boolean same = first.isPoint() && second.isPoint() && a == b;
        yield truthError(y, meet, !same);
      }
      case LESS -> truthError(y, first.low() < second.high(), first.high() >= second.low());
      case LESS_OR_EQUAL ->
          truthError(y, first.low() <= second.high(), first.high() > second.low());
      case AND ->
          truthError(
              y,
              first.mayBeOther() && second.mayBeOther(),
              first.mayBeZero() || second.mayBeZero());
      case OR ->
          truthError(
              y,
              first.mayBeOther() || second.mayBeOther(),
              first.mayBeZero() && second.mayBeZero());
    };
  }

  private static double truthError(double y, boolean mayBeTrue, boolean mayBeFalse) {
    return (y == 0 ? mayBeTrue : mayBeFalse) ? 1 : 0;
  }

  private static double quotientError(double y, Interval dividend, Interval divisor) {
    if (divisor.mayBeZero()) {
      return Double.POSITIVE_INFINITY;
    }
    Interval quotient =
        Interval.hull(
            dividend.low() / divisor.low(),
            dividend.low() / divisor.high(),
            dividend.high() / divisor.low(),
            dividend.high() / divisor.high());
    return quotient.farthest(y)
        + Rounding.gamma(Rounding.DIVIDE) * quotient.magnitude()
        + Rounding.TINY * (1 + dividend.magnitude());
  }
}
