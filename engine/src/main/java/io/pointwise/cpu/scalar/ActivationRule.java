// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.ActivationFunction.Abs;
import io.pointwise.layer.ActivationFunction.Affine;
import io.pointwise.layer.ActivationFunction.Ceil;
import io.pointwise.layer.ActivationFunction.Celu;
import io.pointwise.layer.ActivationFunction.Clip;
import io.pointwise.layer.ActivationFunction.Elu;
import io.pointwise.layer.ActivationFunction.Erf;
import io.pointwise.layer.ActivationFunction.Exp;
import io.pointwise.layer.ActivationFunction.Floor;
import io.pointwise.layer.ActivationFunction.Gelu;
import io.pointwise.layer.ActivationFunction.HardSigmoid;
import io.pointwise.layer.ActivationFunction.HardSwish;
import io.pointwise.layer.ActivationFunction.LeakyRelu;
import io.pointwise.layer.ActivationFunction.Log;
import io.pointwise.layer.ActivationFunction.Mish;
import io.pointwise.layer.ActivationFunction.NotZero;
import io.pointwise.layer.ActivationFunction.Reciprocal;
import io.pointwise.layer.ActivationFunction.Relu;
import io.pointwise.layer.ActivationFunction.Selu;
import io.pointwise.layer.ActivationFunction.Sigmoid;
import io.pointwise.layer.ActivationFunction.Softplus;
import io.pointwise.layer.ActivationFunction.Softsign;
import io.pointwise.layer.ActivationFunction.Sqrt;
import io.pointwise.layer.ActivationFunction.Swish;
import io.pointwise.layer.ActivationFunction.Tanh;
import io.pointwise.layer.ActivationFunction.ThresholdedRelu;
import io.pointwise.layer.ActivationFunction.Truncate;
import io.pointwise.layer.ActivationFunction.WrapInteger;

/**
 * Error of an {@link ActivationFunction}.
 *
 * <p>It has two parts: what the function makes of the incoming error e (for monotone functions the
 * ends of the interval {@code [x − e, x + e]} say it exactly, else it is e times a Lipschitz
 * constant), and what its own float32 evaluation at any point of that interval adds. Functions made
 * of exponentials are in {@link ExponentialError}, products of x and a gate in {@link GateError}.
 *
 * <p>Functions that jump are exact but for their jumps: where the interval reaches over one, the
 * error is the distance to the farthest value in it, and where x has no error there is none. The
 * error of logarithm and root is taken over that part of the interval on which they are numbers: a
 * device that finds itself elsewhere has NaN, which no bound covers.
 */
final class ActivationRule {
  private static final double EXACT = 1 << 24;

  private ActivationRule() {}

  static double error(ActivationFunction function, double value, double e) {
    // A function at infinity is a limit, which rounds as it does at the largest of numbers.
    double x = Double.isInfinite(value) ? Math.copySign(Float.MAX_VALUE, value) : value;
    double y = ActivationValue.of(function, x);
    Interval in = Interval.of(x, e);
    return switch (function) {
      // Comparisons and cutting off digits do not round.
      case Relu _, Clip _, Floor _, Ceil _, Truncate _ -> monotone(function, in, y);
      case Abs() -> new Interval(in.leastMagnitude(), in.magnitude()).farthest(y);
      case NotZero() -> in.mayBeZero() && in.mayBeOther() ? 1 : 0;
      case ThresholdedRelu(float alpha) -> thresholdError(alpha, in, e, y);
      case WrapInteger(int bits, boolean signed) -> wrapError(bits, signed, in, e);
      case Affine(float scale, float offset) -> affineError(scale, offset, x, e);
      case LeakyRelu(float slope) -> leakyError(slope, x, e);
      case HardSigmoid(float alpha, float beta) -> hardSigmoidError(alpha, beta, x, e);
      case Softsign() ->
          monotone(function, in, y)
              + Rounding.gamma(1 + Rounding.DIVIDE) * softsign(in.magnitude())
              + flushedQuotient(in.magnitude());
      case Tanh() -> smooth(function, in, y, Rounding.TANH);
      case Erf() -> smooth(function, in, y, Rounding.ERF);
      case Exp() -> smooth(function, in, y, Rounding.EXP);
      case Log() -> smooth(function, in.notNegative(), y, Rounding.LOG);
      case Sqrt() -> smooth(function, in.notNegative(), y, Rounding.SQRT);
      case Reciprocal() ->
          in.mayBeZero() ? Double.POSITIVE_INFINITY : smooth(function, in, y, Rounding.DIVIDE);
      case Sigmoid() -> monotone(function, in, y) + ExponentialError.sigmoid(in);
      case Softplus() -> monotone(function, in, y) + ExponentialError.softplus(in);
      case Celu(float alpha) -> monotone(function, in, y) + ExponentialError.celu(alpha, in);
      case Elu(float alpha) -> ExponentialError.elu(alpha, in, e);
      case Selu(float alpha, float gamma) -> ExponentialError.selu(alpha, gamma, in, e);
      case HardSwish() -> GateError.hardSwish(x, e, y);
      case Swish(float alpha) -> GateError.swish(alpha, in, e);
      case Mish() -> GateError.mish(in, e);
      case Gelu(boolean tanh) -> tanh ? GateError.geluTanh(in, e) : GateError.gelu(in, e);
    };
  }

  /**
   * Lipschitz constant {@code max(1, |slope|)}; one rounding of the product where x can be
   * negative.
   */
  static double leakyError(double slope, double x, double e) {
    double product = x - e >= 0 ? 0 : Math.abs(slope) * (e - x);
    return Math.max(1, Math.abs(slope)) * e + Rounding.U * product + Rounding.flushed(2);
  }

  /** What an increasing or decreasing function makes of the interval. */
  private static double monotone(ActivationFunction function, Interval in, double y) {
    double low = ActivationValue.of(function, in.low());
    double high = ActivationValue.of(function, in.high());
    return new Interval(Math.min(low, high), Math.max(low, high)).farthest(y);
  }

  /** The same for one whose values go through so many roundings. */
  private static double smooth(ActivationFunction function, Interval in, double y, int roundings) {
    double incoming = monotone(function, in, y);
    return incoming + Rounding.gamma(roundings) * (Math.abs(y) + incoming) + Rounding.flushed(2);
  }

  /** x or 0; which, is open if the interval reaches over the threshold. */
  private static double thresholdError(double alpha, Interval in, double e, double y) {
    if (in.low() > alpha) {
      return e;
    }
    boolean passes = in.high() > alpha;
    return passes ? new Interval(Math.min(0, alpha), Math.max(0, in.high())).farthest(y) : 0;
  }

  /**
   * A shift by a multiple of the period 2^bits, the same one for all of the interval or not; what
   * is not whole may round. Infinite where a device may find NaN.
   */
  private static double wrapError(int bits, boolean signed, Interval in, double e) {
    boolean narrow = bits <= 16;
    if (in.magnitude() >= EXACT || (!narrow && !signed && in.low() < 0)) {
      return Double.POSITIVE_INFINITY;
    }
    boolean whole = in.isPoint() && in.low() == Math.rint(in.low());
    if (!narrow || whole) {
      return e;
    }
    double period = 1 << bits;
    double least = signed ? -period / 2 : 0;
    double turns = Math.floor((in.high() - least) / period);
    boolean together = turns == Math.floor((in.low() - least) / period);
    return together ? e + Rounding.U * period : period;
  }

  /** A product and a sum, which may be fused. */
  private static double affineError(double scale, double offset, double x, double e) {
    double product = Math.abs(scale) * e;
    product += Rounding.ofOne(scale * x, product);
    return product + Rounding.ofOne(scale * x + offset, product);
  }

  /**
   * αx + β with two roundings on αx and one on the sum; then clamped, which brings intervals
   * closer.
   */
  private static double hardSigmoidError(double alpha, double beta, double x, double e) {
    double inner = alpha * x + beta;
    double size = Math.abs(alpha) * (Math.abs(x) + e) + Math.abs(beta);
    double spread = Math.abs(alpha) * e + Rounding.gamma(2) * size;
    double low = ActivationValue.unit(inner - spread);
    double high = ActivationValue.unit(inner + spread);
    return new Interval(low, high).farthest(ActivationValue.unit(inner)) + Rounding.flushed(2);
  }

  private static double softsign(double magnitude) {
    return magnitude / (1 + magnitude);
  }

  /** Of a division done as a product with the reciprocal, which may have been flushed. */
  private static double flushedQuotient(double dividend) {
    return Rounding.TINY * (2 + dividend);
  }
}
