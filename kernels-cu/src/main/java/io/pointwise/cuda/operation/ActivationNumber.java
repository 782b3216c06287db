// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.device.kernel.ActivationCode;
import java.util.List;

/** The number by which {@code activation_any} in {@code activation.cu} knows a function. */
final class ActivationNumber {
  /** In the order of that file. */
  static final List<String> NAMES =
      List.of(
          "none",
          "relu",
          "clip",
          "leaky_relu",
          "sigmoid",
          "tanh",
          "hard_sigmoid",
          "hard_swish",
          "elu",
          "selu",
          "celu",
          "thresholded_relu",
          "softplus",
          "softsign",
          "mish",
          "swish",
          "gelu",
          "gelu_tanh",
          "erf",
          "exp",
          "log",
          "sqrt",
          "abs",
          "reciprocal",
          "affine",
          "floor",
          "ceil",
          "truncate",
          "not_zero",
          "wrap_narrow",
          "wrap_wide");

  private ActivationNumber() {}

  static int of(ActivationCode code) {
    int number = NAMES.indexOf(code.name());
    if (number < 0) {
      throw new IllegalArgumentException("activation.cu has no number for " + code.name());
    }
    return number;
  }
}
