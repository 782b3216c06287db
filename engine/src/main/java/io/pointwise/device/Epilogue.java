// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

import io.pointwise.layer.ActivationFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is fused behind an operation: {@code activation(operation + residual)}. A convolution's bias
 * is its own, see {@link io.pointwise.layer.Conv2d#bias()}.
 *
 * @param residual whether the step's last input, of the output's shape, is added
 * @param activation applied last, or null
 */
public record Epilogue(boolean residual, @Nullable ActivationFunction activation) {
  /** Nothing fused. */
  public static final Epilogue NONE = new Epilogue(false, null);

  public boolean isNone() {
    return !residual && activation == null;
  }

  /** As {@code + residual + relu}; empty for none. */
  @Override
  public String toString() {
    return (residual ? " + residual" : "") + (activation == null ? "" : " + " + activation.label());
  }
}
