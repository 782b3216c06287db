// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

/**
 * Errors of the activations {@code x·g(x)} with a gate g between 0 and 1. None is monotone: the
 * incoming error counts with the Lipschitz constant, the greatest slope there is. An error of the
 * gate counts {@code |x|} times, to which come the roundings of the product.
 */
final class GateError {
  /** Greatest slope of hard-swish, at ±3: 3/2. */
  private static final double HARD_SWISH_SLOPE = 1.5;

  /** Of swish, whatever its alpha: 1.0998. */
  private static final double SWISH_SLOPE = 1.1;

  /** Of mish: 1.0885. */
  private static final double MISH_SLOPE = 1.09;

  /** Of GELU, at √2: 1.1289; with tanh 1.1290. */
  private static final double GELU_SLOPE = 1.13;

  /** Greatest slope of erf: 2/√π. */
  private static final double ERF_SLOPE = 2 / Math.sqrt(Math.PI);

  private GateError() {}

  /**
   * {@code g = min(max(x/6 + 1/2, 0), 1)}. Two divisions' worth of roundings on the parts of g,
   * which matter only where g is not clamped, {@code |x| < 3} or a hair more; then a product, and a
   * division for those who write {@code x·relu6(x + 3)/6}.
   */
  static double hardSwish(double x, double e, double y) {
    double reach = Math.abs(x) + e;
    double spread = HARD_SWISH_SLOPE * e;
    double least = Math.max(0, Math.abs(x) - e);
    double inner =
        least >= 4 ? 0 : Rounding.gamma(Rounding.DIVIDE + 2) * (Math.min(reach, 4) / 6 + 0.5);
    return spread
        + Math.min(reach, 4) * inner
        + Rounding.gamma(Rounding.DIVIDE + 2) * (Math.abs(y) + spread)
        + Rounding.flushed(2);
  }

  /**
   * {@code g = 1/(1 + exp(−z))}, {@code z = alpha·x}. The rounding of z moves g by at most {@code
   * u·|z|} times the slope of the sigmoid, {@code g(1 − g)}; the roundings of the exponential count
   * as much as an error of z of that size; a sum, a division and a product round all of it.
   */
  static double swish(double alpha, Interval in, double e) {
    double reach = in.magnitude();
    double d = Rounding.U * Math.abs(alpha) * reach;
    double first = alpha * in.low();
    double last = alpha * in.high();
    double most = sigmoid(Math.max(first, last) + d);
    double rest = sigmoid(d - Math.min(first, last));
    double moved = (d + Rounding.gamma(Rounding.EXP + 1)) * rest;
    double own = most * (moved + Rounding.gamma(Rounding.DIVIDE + 3) * (1 + moved));
    return SWISH_SLOPE * e + reach * (own + Rounding.flushed(2)) + Rounding.flushed(2);
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /**
   * {@code g = tanh(s)}, {@code s = log(1 + exp(x))}. An error d of s moves g by at most d times
   * the slope of tanh, which is largest at the lower end. Those who write {@code g = (n² + 2n)/(n²
   * + 2n + 2)}, {@code n = exp(x)}, have fewer roundings than tanh, and a division.
   */
  static double mish(Interval in, double e) {
    double reach = in.magnitude();
    double top = Math.tanh(ActivationValue.softplus(in.high()));
    double d = ExponentialError.softplus(in);
    double slope = tanhSlope(Math.max(0, ActivationValue.softplus(in.low()) - d));
    double own = d * slope + Rounding.gamma(Rounding.TANH + Rounding.DIVIDE + 2) * top;
    return MISH_SLOPE * e + reach * (own + Rounding.flushed(2)) + Rounding.flushed(2);
  }

  /**
   * {@code g = (1 + erf(v))/2}, {@code v = x/√2}, or {@code erfc(−v)/2}. The roundings of v, a
   * division's, move erf by its slope; those of erf count in full however small g is, as 1 is added
   * to it; the sum and the products round g itself.
   */
  static double gelu(Interval in, double e) {
    double v = in.magnitude() / Math.sqrt(2);
    double least = in.leastMagnitude() / Math.sqrt(2);
    double slope = ERF_SLOPE * Math.exp(-least * least * (1 - 2 * Rounding.gamma(Rounding.DIVIDE)));
    double moved = slope * v * Rounding.gamma(Rounding.DIVIDE);
    double erf = ErrorFunction.erf(v);
    double gate = ErrorFunction.erfc(-in.high() / Math.sqrt(2)) / 2;
    double roundings = Rounding.gamma(Rounding.ERF);
    return gelu(in, e, (moved + roundings * erf) / 2 + roundings * gate);
  }

  /**
   * {@code g = (1 + tanh(v))/2}, {@code v = √(2/π)·(x + 0.044715·x³)}, or the sigmoid of 2v. The
   * roundings of v, eight as its two terms have one sign, move tanh by its slope; the others are as
   * for {@link #gelu}, or those of a sigmoid.
   */
  static double geluTanh(Interval in, double e) {
    double v = ActivationValue.geluArgument(in.magnitude());
    double least = ActivationValue.geluArgument(in.leastMagnitude());
    double spread = v * Rounding.gamma(8);
    double moved = Math.min(1, spread * tanhSlope(Math.max(0, least - spread)));
    double gate = (1 + Math.tanh(ActivationValue.geluArgument(in.high()))) / 2;
    double tanh = Rounding.gamma(Rounding.TANH) * Math.tanh(v);
    return gelu(in, e, (moved + tanh) / 2 + Rounding.gamma(Rounding.EXP + Rounding.DIVIDE) * gate);
  }

  private static double gelu(Interval in, double e, double gateError) {
    double gate = 1 + gateError;
    double own = gateError + Rounding.gamma(3) * gate;
    return GELU_SLOPE * e + in.magnitude() * (own + Rounding.flushed(2)) + Rounding.flushed(2);
  }

  /** {@code 1 − tanh²}, without cancellation. */
  private static double tanhSlope(double v) {
    double cosh = Math.cosh(v);
    return 1 / (cosh * cosh);
  }
}
