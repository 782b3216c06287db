// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * Fully connected layer: {@code [n, in]} to {@code [n, out]}, {@code y = x · Wᵀ + b}, weights
 * {@code [out, in]}.
 *
 * @param out output features
 * @param bias whether a bias a feature is added
 */
public record Linear(int out, boolean bias) implements Layer {
  public Linear {
    Check.atLeast("out", out, 1);
  }

  @Override
  public String kind() {
    return "linear";
  }

  private Shape matrix(List<Shape> inputs) {
    Shape input = Check.onlyInput(this, inputs);
    Check.rank(this, input, 2);
    return input;
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Check.shape(matrix(inputs).dim(0), out);
  }

  @Override
  public Map<Role, Shape> weights(List<Shape> inputs) {
    return Conv2d.filters(Check.shape(out, matrix(inputs).dim(1)), out, bias);
  }

  @Override
  public long macs(List<Shape> inputs) {
    return Check.product("number of MACs", matrix(inputs).elements(), out);
  }
}
