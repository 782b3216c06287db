// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Maximum over each window of {@code [n, c, ih, iw]}; padding never wins. NaN wins always. A window
 * wholly in the padding gives −∞.
 *
 * @param window kernel size, stride, padding, dilation
 * @param ceilMode see {@link PoolSpec}
 */
public record MaxPool2d(Window window, boolean ceilMode) implements Layer {
  /** Without ceil mode. */
  public MaxPool2d(Window window) {
    this(window, false);
  }

  public PoolSpec spec(Shape input) {
    return PoolSpec.of(this, input, window, ceilMode);
  }

  @Override
  public String kind() {
    return "max-pool2d";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return spec(Check.onlyInput(this, inputs)).output();
  }
}
