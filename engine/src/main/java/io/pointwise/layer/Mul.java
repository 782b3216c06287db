// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/** Elementwise product of two inputs, broadcast to each other as {@link Broadcast} says. */
public record Mul() implements Layer {
  @Override
  public String kind() {
    return "mul";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Check.arity(this, inputs, 2, 2);
    return Broadcast.of("mul", inputs.getFirst(), inputs.getLast());
  }
}
