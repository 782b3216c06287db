// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.ActivationFunction.Clip;
import io.pointwise.layer.ActivationFunction.Elu;
import io.pointwise.layer.ActivationFunction.HardSigmoid;
import io.pointwise.layer.ActivationFunction.HardSwish;
import io.pointwise.layer.ActivationFunction.LeakyRelu;
import io.pointwise.layer.ActivationFunction.Relu;
import io.pointwise.layer.ActivationFunction.Sigmoid;
import io.pointwise.layer.ActivationFunction.Tanh;

/**
 * Value and error of an {@link ActivationFunction}.
 *
 * <p>The error has two parts: what the function makes of the incoming error e (for monotone
 * functions the ends of the interval {@code [x − e, x + e]} say it exactly, else it is e times a
 * Lipschitz constant), and what its own float32 evaluation at any point of that interval adds.
 */
final class ActivationRule {
  private ActivationRule() {}

  static double value(ActivationFunction function, double x) {
    return switch (function) {
      case Relu() -> Math.max(x, 0);
      case Clip(float low, float high) -> Math.min(Math.max(x, low), high);
      case LeakyRelu(float slope) -> leaky(slope, x);
      case Sigmoid() -> 1 / (1 + Math.exp(-x));
      case Tanh() -> Math.tanh(x);
      case HardSigmoid(float alpha, float beta) -> unit(alpha * x + beta);
      case HardSwish() -> x * unit(x / 6 + 0.5);
      case Elu(float alpha) -> x >= 0 ? x : alpha * Math.expm1(x);
    };
  }

  static double error(ActivationFunction function, double x, double e) {
    double y = value(function, x);
    double reach = Math.abs(x) + e;
    double own =
        switch (function) {
          // Comparisons do not round.
          case Relu() -> monotone(function, x, e);
          case Clip _ -> monotone(function, x, e);
          case LeakyRelu(float slope) -> leakyError(slope, x, e);
          // s = 1/(1 + t), t = exp(−x): dt = EXP·u·t moves s by s²·dt = s(1 − s)·EXP·u; then a sum,
          // a division.
          case Sigmoid() -> {
            double top = value(function, x + e);
            yield monotone(function, x, e)
                + Rounding.gamma(Rounding.EXP + 1 + Rounding.DIVIDE) * top;
          }
          case Tanh() -> {
            double top = Math.abs(y) + monotone(function, x, e);
            yield monotone(function, x, e) + Rounding.gamma(Rounding.TANH) * top;
          }
          // αx + β with two roundings on αx and one on the sum; then clamped, which brings
          // intervals closer.
          case HardSigmoid(float alpha, float beta) -> {
            double inner = alpha * x + beta;
            double size = Math.abs(alpha) * reach + Math.abs(beta);
            double spread = Math.abs(alpha) * e + Rounding.gamma(2) * size;
            yield clamped(inner, spread);
          }
          case HardSwish() -> hardSwishError(x, e, y);
          case Elu(float alpha) -> eluError(alpha, x, e);
        };
    return own + 2 * Rounding.TINY;
  }

  /** {@code x} for {@code x ≥ 0}, else {@code slope·x}. */
  static double leaky(double slope, double x) {
    return x >= 0 ? x : slope * x;
  }

  /**
   * Lipschitz constant {@code max(1, |slope|)}; one rounding of the product where x can be
   * negative.
   */
  static double leakyError(double slope, double x, double e) {
    double product = x - e >= 0 ? 0 : Math.abs(slope) * (e - x);
    return Math.max(1, Math.abs(slope)) * e + Rounding.U * product + Rounding.TINY;
  }

  /**
   * Lipschitz constant {@code max(1, |alpha|)}. Where x can be negative, {@code alpha·(exp(x) − 1)}
   * has EXP roundings on exp(x), however near to 1 that is, and two more on the difference.
   */
  private static double eluError(double alpha, double x, double e) {
    double size = Math.abs(alpha);
    double exp = Math.exp(Math.min(0, x + e));
    double difference = -Math.expm1(Math.min(0, x - e));
    double roundings = Rounding.gamma(Rounding.EXP + 2) * exp + Rounding.gamma(2) * difference;
    return Math.max(1, size) * e + (x - e >= 0 ? 0 : size * roundings);
  }

  private static double unit(double x) {
    return Math.min(Math.max(x, 0), 1);
  }

  private static double monotone(ActivationFunction function, double x, double e) {
    double y = value(function, x);
    return Math.max(value(function, x + e) - y, y - value(function, x - e));
  }

  private static double clamped(double inner, double spread) {
    double y = unit(inner);
    return Math.max(unit(inner + spread) - y, y - unit(inner - spread));
  }

  /**
   * {@code x·t} with {@code t = min(max(x/6 + 1/2, 0), 1)}. Slope at most 3/2. Two divisions' worth
   * of roundings on the parts of t, which matter only where t is not clamped, {@code |x| < 3} or a
   * hair more; then a product, and a division for those who write {@code x·relu6(x + 3)/6}.
   */
  private static double hardSwishError(double x, double e, double y) {
    double reach = Math.abs(x) + e;
    double spread = 1.5 * e;
    double least = Math.max(0, Math.abs(x) - e);
    double inner =
        least >= 4 ? 0 : Rounding.gamma(Rounding.DIVIDE + 2) * (Math.min(reach, 4) / 6 + 0.5);
    return spread
        + Math.min(reach, 4) * inner
        + Rounding.gamma(Rounding.DIVIDE + 2) * (Math.abs(y) + spread);
  }
}
