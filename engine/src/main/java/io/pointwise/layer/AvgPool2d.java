// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Mean over each window of {@code [n, c, ih, iw]}.
 *
 * <p>The divisor is the number of taps inside the input, or with {@code countIncludePad} inside the
 * padded input (a partial window of ceil mode that leaves even the padding counts only what is in
 * it). A window without any tap that counts gives 0.
 *
 * @param window kernel size, stride, padding, dilation
 * @param ceilMode see {@link PoolSpec}
 * @param countIncludePad whether padding counts in the divisor
 */
public record AvgPool2d(Window window, boolean ceilMode, boolean countIncludePad) implements Layer {
  /** Without ceil mode; padding does not count. */
  public AvgPool2d(Window window) {
    this(window, false, false);
  }

  public PoolSpec spec(Shape input) {
    return PoolSpec.of(this, input, window, ceilMode);
  }

  @Override
  public String kind() {
    return "avg-pool2d";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return spec(Check.onlyInput(this, inputs)).output();
  }
}
