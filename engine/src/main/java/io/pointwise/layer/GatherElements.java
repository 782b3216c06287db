// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Picks one element of the first input for each index in the second, which has the same rank: along
 * the axis the element's place is the index, along all others that of the index. Negative indices
 * count from the end; an index that is outside, or not whole, gives NaN.
 *
 * @param axis of the data; negative counts from the end
 */
public record GatherElements(int axis) implements Layer {
  @Override
  public String kind() {
    return "gather-elements";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Check.arity(this, inputs, 2, 2);
    Shape data = inputs.getFirst();
    Shape indices = inputs.getLast();
    int index = Check.axis(this, axis, data);
    Check.exactIndices(kind(), data.dim(index));
    boolean fits = data.rank() == indices.rank();
    for (int i = 0; fits && i < data.rank(); i++) {
      fits = i == index || indices.dim(i) <= data.dim(i);
    }
    if (!fits) {
      throw new InvalidSpecException(
          kind() + ": indices of shape " + indices + " do not fit data of shape " + data);
    }
    return indices;
  }
}
