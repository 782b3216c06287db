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

/** Value of an {@link ActivationFunction}. */
final class ActivationValue {
  private static final double ROOT_2 = Math.sqrt(2);

  private ActivationValue() {}

  static double of(ActivationFunction function, double x) {
    return switch (function) {
      case Relu() -> Math.max(x, 0);
      case Clip(float low, float high) -> Math.min(Math.max(x, low), high);
      case LeakyRelu(float slope) -> leaky(slope, x);
      case Sigmoid() -> 1 / (1 + Math.exp(-x));
      case Tanh() -> Math.tanh(x);
      case HardSigmoid(float alpha, float beta) -> unit(alpha * x + beta);
      case HardSwish() -> x * unit(x / 6 + 0.5);
      case Elu(float alpha) -> x >= 0 ? x : alpha * Math.expm1(x);
      case Selu(float alpha, float gamma) ->
          x > 0 ? gamma * x : (double) gamma * alpha * Math.expm1(x);
      case Celu(float alpha) -> Math.max(x, 0) + Math.min(alpha * Math.expm1(x / alpha), 0);
      case ThresholdedRelu(float alpha) -> x > alpha ? x : Double.isNaN(x) ? x : 0;
      case Softplus() -> softplus(x);
      case Softsign() -> x / (1 + Math.abs(x));
      case Mish() -> x * Math.tanh(softplus(x));
      case Swish(float alpha) -> x / (1 + Math.exp(-alpha * x));
      case Gelu(boolean tanh) -> tanh ? geluTanh(x) : x / 2 * ErrorFunction.erfc(-x / ROOT_2);
      case Erf() -> ErrorFunction.erf(x);
      case Exp() -> Math.exp(x);
      case Log() -> Math.log(x);
      case Sqrt() -> Math.sqrt(x);
      case Abs() -> Math.abs(x);
      case Reciprocal() -> 1 / x;
      case Affine(float scale, float offset) -> scale * x + offset;
      case Floor() -> Math.floor(x);
      case Ceil() -> Math.ceil(x);
      case Truncate() -> x < 0 ? Math.ceil(x) : Math.floor(x);
      case NotZero() -> Double.isNaN(x) ? x : x != 0 ? 1 : 0;
      case WrapInteger(int bits, boolean signed) -> wrap(bits, signed, x);
    };
  }

  /** Written so that no large number meets exp. */
  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double geluTanh(double x) {
    return x / 2 * (1 + Math.tanh(geluArgument(x)));
  }

  /** What the tanh of the approximated GELU is taken of. */
  static double geluArgument(double x) {
    return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
  }

  private static double wrap(int bits, boolean signed, double x) {
    if (Double.isNaN(x) || Math.abs(x) >= 1 << 24 || (bits > 16 && !signed && x < 0)) {
      return Double.NaN;
    }
    if (bits > 16) {
      return x;
    }
    double period = 1 << bits;
    double least = signed ? -period / 2 : 0;
    return x - period * Math.floor((x - least) / period);
  }

  /** {@code x} for {@code x ≥ 0}, else {@code slope·x}. */
  static double leaky(double slope, double x) {
    return x >= 0 ? x : slope * x;
  }

  /** Into the range from 0 to 1. */
  static double unit(double x) {
    return Math.min(Math.max(x, 0), 1);
  }
}
