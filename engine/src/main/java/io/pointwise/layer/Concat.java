// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Joins its inputs along one axis, in order.
 *
 * @param axis along which; negative counts from the end; 1 joins channels
 */
public record Concat(int axis) implements Layer {
  @Override
  public String kind() {
    return "concat";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Check.arity(this, inputs, 1, Integer.MAX_VALUE);
    Shape first = inputs.getFirst();
    int index = Check.axis(this, axis, first);
    long sum = 0;
    for (Shape input : inputs) {
      if (input.rank() != first.rank() || !input.with(index, 0).equals(first.with(index, 0))) {
        throw new InvalidSpecException(
            "concat along axis "
                + axis
                + ": shapes "
                + first
                + " and "
                + input
                + " differ elsewhere");
      }
      sum += input.dim(index);
    }
    if (sum > Integer.MAX_VALUE) {
      throw new InvalidSpecException(
          "concat along axis "
              + axis
              + ": size "
              + sum
              + " is over the limit "
              + Integer.MAX_VALUE);
    }
    int[] dims = first.toArray();
    dims[index] = (int) sum;
    return Check.shape(dims);
  }
}
