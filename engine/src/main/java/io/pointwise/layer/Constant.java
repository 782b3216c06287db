// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * A tensor that is the same in every run, for layers whose second operand is one. A plan puts it on
 * the device once.
 *
 * @param shape of the tensor; its values are the weight of {@link Role#VALUE}
 */
public record Constant(Shape shape) implements Layer {
  @Override
  public String kind() {
    return "constant";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Check.arity(this, inputs, 0, 0);
    return shape;
  }

  @Override
  public Map<Role, Shape> weights(List<Shape> inputs) {
    return Map.of(Role.VALUE, shape);
  }

  /** Nothing: it is not moved in a run, and whoever reads it counts that. */
  @Override
  public Cost cost(List<Shape> inputs) {
    return Cost.ZERO;
  }
}
