// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Where the maximum of each window of {@code [n, c, ih, iw]} is: the position of the first one, row
 * by row, in the whole input, a whole number. NaN counts as the maximum. Position {@code [n, c, h,
 * w]} counts as {@code ((n·C + c)·H + h)·W + w}, or with {@code columnMajor} as {@code ((n·C + c)·W
 * + w)·H + h}. A window wholly in the padding gives −1.
 *
 * @param window kernel size, stride, padding, dilation
 * @param ceilMode see {@link PoolSpec}
 * @param columnMajor whether rows count faster than columns
 */
public record MaxPoolIndices(Window window, boolean ceilMode, boolean columnMajor)
    implements Layer {
  public PoolSpec spec(Shape input) {
    return PoolSpec.of(this, input, window, ceilMode);
  }

  @Override
  public String kind() {
    return "max-pool2d-indices";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Check.onlyInput(this, inputs);
    Check.exactIndices(kind(), input.elements());
    return spec(input).output();
  }
}
