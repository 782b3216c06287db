// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Applies an {@link ActivationFunction} to every element.
 *
 * @param function which
 */
public record Activation(ActivationFunction function) implements Layer {
  @Override
  public String kind() {
    return function.label();
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Check.onlyInput(this, inputs);
  }
}
