// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.layer.ActivationFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code min(max(x, low), high)}, the activations that kernels apply themselves. NaN stays.
 *
 * @param low −∞ for none
 * @param high +∞ for none
 */
record Clamp(float low, float high) {
  static final Clamp NONE = new Clamp(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

  /** The clamp that an activation is, no activation being {@link #NONE}; null if it is none. */
  static @Nullable Clamp of(@Nullable ActivationFunction function) {
    return switch (function) {
      case null -> NONE;
      case ActivationFunction.Relu _ -> new Clamp(0, Float.POSITIVE_INFINITY);
      case ActivationFunction.Clip(float low, float high) -> new Clamp(low, high);
      default -> null;
    };
  }

  boolean hasLow() {
    return low != Float.NEGATIVE_INFINITY;
  }

  boolean hasHigh() {
    return high != Float.POSITIVE_INFINITY;
  }
}
