// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

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
import org.jspecify.annotations.Nullable;

/**
 * An activation as kernels know it: {@code activation_NAME(x, a, b)} in their sources.
 *
 * @param name of the macro, without its prefix
 * @param a first number
 * @param b second number
 */
public record ActivationCode(String name, float a, float b) {
  public static ActivationCode of(@Nullable ActivationFunction function) {
    return switch (function) {
      case null -> plain("none");
      case Relu() -> plain("relu");
      case Clip(float low, float high) -> new ActivationCode("clip", low, high);
      case LeakyRelu(float slope) -> new ActivationCode("leaky_relu", slope, 0);
      case Sigmoid() -> plain("sigmoid");
      case Tanh() -> plain("tanh");
      case HardSigmoid(float alpha, float beta) -> new ActivationCode("hard_sigmoid", alpha, beta);
      case HardSwish() -> plain("hard_swish");
      case Elu(float alpha) -> new ActivationCode("elu", alpha, 0);
      case Selu(float alpha, float gamma) -> new ActivationCode("selu", alpha, gamma);
      case Celu(float alpha) -> new ActivationCode("celu", alpha, 0);
      case ThresholdedRelu(float alpha) -> new ActivationCode("thresholded_relu", alpha, 0);
      case Softplus() -> plain("softplus");
      case Softsign() -> plain("softsign");
      case Mish() -> plain("mish");
      case Swish(float alpha) -> new ActivationCode("swish", alpha, 0);
      case Gelu(boolean tanh) -> plain(tanh ? "gelu_tanh" : "gelu");
      case Erf() -> plain("erf");
      case Exp() -> plain("exp");
      case Log() -> plain("log");
      case Sqrt() -> plain("sqrt");
      case Abs() -> plain("abs");
      case Reciprocal() -> plain("reciprocal");
      case Affine(float scale, float offset) -> new ActivationCode("affine", scale, offset);
      case Floor() -> plain("floor");
      case Ceil() -> plain("ceil");
      case Truncate() -> plain("truncate");
      case NotZero() -> plain("not_zero");
      case WrapInteger(int bits, boolean signed) when bits <= 16 -> {
        float period = 1 << bits;
        yield new ActivationCode("wrap_narrow", period, signed ? period / 2 : period);
      }
      case WrapInteger(int _, boolean signed) ->
          new ActivationCode("wrap_wide", signed ? Float.NEGATIVE_INFINITY : 0, 0);
    };
  }

  private static ActivationCode plain(String name) {
    return new ActivationCode(name, 0, 0);
  }
}
