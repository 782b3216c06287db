// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * {@code exp(x) / Σ exp(x)} along one axis, computed after taking off the maximum; or its
 * logarithm.
 *
 * @param axis along which; negative counts from the end
 * @param log whether the logarithm is given
 */
public record Softmax(int axis, boolean log) implements Layer {
  /** Softmax along {@code axis}. */
  public Softmax(int axis) {
    this(axis, false);
  }

  @Override
  public String kind() {
    return log ? "log-softmax" : "softmax";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Check.onlyInput(this, inputs);
    Check.axis(this, axis, input);
    return input;
  }
}
