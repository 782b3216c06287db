// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.scalar.ErrorFunction;
import io.pointwise.layer.ActivationFunction;

/**
 * An activation of one float. Exponentials and the like are taken in double precision and rounded
 * once.
 */
@FunctionalInterface
interface OneFunction {
  float apply(float x);

  static OneFunction of(ActivationFunction function) {
    return switch (function) {
      case ActivationFunction.Selu(float alpha, float gamma) -> {
        double factor = (double) alpha * gamma;
        yield x -> x > 0 ? gamma * x : (float) (factor * Math.expm1(x));
      }
      case ActivationFunction.Celu(float alpha) ->
          x -> Math.max(x, 0) + Math.min((float) (alpha * Math.expm1((double) x / alpha)), 0);
      case ActivationFunction.Softplus _ -> x -> (float) softplus(x);
      case ActivationFunction.Softsign _ -> x -> x / (1 + Math.abs(x));
      case ActivationFunction.Mish _ -> x -> (float) (x * Math.tanh(softplus(x)));
      case ActivationFunction.Swish(float alpha) ->
          x -> (float) (x / (1 + Math.exp(-(double) alpha * x)));
      case ActivationFunction.Gelu(boolean tanh) ->
          tanh ? OneFunction::geluTanh : OneFunction::gelu;
      case ActivationFunction.Erf _ -> x -> (float) ErrorFunction.erf(x);
      case ActivationFunction.Exp _ -> x -> (float) Math.exp(x);
      case ActivationFunction.Log _ -> x -> (float) Math.log(x);
      case ActivationFunction.Floor _ -> x -> (float) Math.floor(x);
      case ActivationFunction.Ceil _ -> x -> (float) Math.ceil(x);
      case ActivationFunction.Truncate _ -> x -> (float) (x < 0 ? Math.ceil(x) : Math.floor(x));
      case ActivationFunction.NotZero _ -> x -> Float.isNaN(x) ? x : x == 0 ? 0 : 1;
      case ActivationFunction.WrapInteger(int bits, boolean signed) -> wrap(bits, signed);
      case ActivationFunction.Relu _,
          ActivationFunction.Clip _,
          ActivationFunction.LeakyRelu _,
          ActivationFunction.Sigmoid _,
          ActivationFunction.Tanh _,
          ActivationFunction.HardSigmoid _,
          ActivationFunction.HardSwish _,
          ActivationFunction.Elu _,
          ActivationFunction.ThresholdedRelu _,
          ActivationFunction.Sqrt _,
          ActivationFunction.Abs _,
          ActivationFunction.Reciprocal _,
          ActivationFunction.Affine _ ->
          throw new IllegalArgumentException(function + " has a loop of its own");
    };
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static float gelu(float x) {
    return (float) (0.5 * x * ErrorFunction.erfc(-x / Math.sqrt(2)));
  }

  private static float geluTanh(float x) {
    double cube = (double) x * x * x;
    return (float) (0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * cube))));
  }

  private static OneFunction wrap(int bits, boolean signed) {
    float limit = 1 << 24;
    if (bits > 16) {
      return x -> Math.abs(x) < limit && (signed || x >= 0) ? x : Float.NaN;
    }
    // All of this is exact: dividing by a power of two, and whole numbers below 2²⁴.
    float period = 1 << bits;
    float start = signed ? -period / 2 : 0;
    return x ->
        Math.abs(x) < limit ? x - period * (float) Math.floor((x - start) / period) : Float.NaN;
  }
}
