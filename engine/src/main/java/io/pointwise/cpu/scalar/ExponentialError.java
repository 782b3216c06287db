// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

/**
 * What the float32 evaluation of activations that are made of exponentials adds to the error, at
 * any point of an interval.
 */
final class ExponentialError {
  private ExponentialError() {}

  /**
   * {@code s = 1/(1 + t)}, {@code t = exp(−x)}: {@code dt = EXP·u·t} moves s by {@code s²·dt = s(1
   * − s)·EXP·u}; then a sum, a division.
   */
  static double sigmoid(Interval in) {
    double top = 1 / (1 + Math.exp(-in.high()));
    return Rounding.gamma(Rounding.EXP + 1 + Rounding.DIVIDE) * top + Rounding.flushed(2);
  }

  /**
   * {@code log(1 + t)}, {@code t = exp(x)}, or {@code x + log(1 + 1/t)}. The roundings of the
   * exponential move the logarithm by their share in the sum, {@code t/(1 + t)}; the one of the sum
   * by u, however small t is; then those of the logarithm and of a last sum.
   */
  static double softplus(Interval in) {
    double share = 1 / (1 + Math.exp(-in.high()));
    double top = ActivationValue.softplus(in.high());
    return Rounding.gamma(Rounding.EXP) * share
        + Rounding.gamma(2)
        + Rounding.gamma(Rounding.LOG + 2) * top
        + Rounding.flushed(4);
  }

  /** Lipschitz constant {@code max(1, |alpha|)}. */
  static double elu(double alpha, Interval in, double e) {
    double size = Math.abs(alpha);
    return Math.max(1, size) * e + belowZero(size, 0, in) + Rounding.flushed(2);
  }

  /** Lipschitz constant {@code |gamma|·max(1, |alpha|)}; gamma may be part of either product. */
  static double selu(double alpha, double gamma, Interval in, double e) {
    double size = Math.abs(alpha * gamma);
    double line = Math.abs(gamma) * Math.max(0, in.high());
    return Math.max(Math.abs(gamma), size) * e
        + Rounding.U * line
        + belowZero(size, 2, in)
        + Rounding.flushed(4);
  }

  /**
   * Where x can be negative, {@code size·(exp(x) − 1)} has EXP roundings on exp(x), however near to
   * 1 that is, and two on the difference, and others on the whole.
   */
  private static double belowZero(double size, int others, Interval in) {
    if (in.low() >= 0) {
      return 0;
    }
    double exp = Math.exp(Math.min(0, in.high()));
    double difference = -Math.expm1(in.low());
    double roundings =
        Rounding.gamma(Rounding.EXP + 2 + others) * exp + Rounding.gamma(2 + others) * difference;
    return size * roundings;
  }

  /**
   * As {@link #belowZero}, of {@code q = x/alpha}. The roundings of that division move q by {@code
   * d = DIVIDE·u·|q|}, which moves the exponential by at most d times its value there. Where x is
   * positive and so near to 0 that the exponential may be found on the wrong side of 1, this term
   * counts too.
   */
  static double celu(double alpha, Interval in) {
    double nearOne = Rounding.gamma(Rounding.EXP + 2);
    if (in.low() > 2 * nearOne * Math.abs(alpha)) {
      return 0;
    }
    double first = Math.min(0, in.low()) / alpha;
    double last = Math.min(0, in.high()) / alpha;
    double d = Rounding.gamma(Rounding.DIVIDE) * Math.max(Math.abs(first), Math.abs(last));
    double exp = Math.exp(Math.max(first, last) + d);
    double difference = Math.abs(Math.expm1(first));
    double roundings = (d + nearOne) * exp + Rounding.gamma(2) * (difference + d * exp);
    return Math.abs(alpha) * roundings + Rounding.flushed(4) * (1 + Math.abs(alpha));
  }
}
