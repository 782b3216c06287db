// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Chooses between two inputs: where the first input, the condition, is not 0 the second, else the
 * third. The three are broadcast to each other; a condition that is NaN gives NaN.
 */
public record Where() implements Layer {
  @Override
  public String kind() {
    return "where";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Check.arity(this, inputs, 3, 3);
    Shape chosen = Broadcast.of(kind(), inputs.get(1), inputs.get(2));
    return Broadcast.of(kind(), inputs.getFirst(), chosen);
  }
}
