// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Picks slices of the first input along an axis by the indices in the second: {@code out[…, i…, …]
 * = data[…, indices[i…], …]}. Negative indices count from the end; an index that is outside, or not
 * whole, gives NaN.
 *
 * @param axis of the data; negative counts from the end
 */
public record Gather(int axis) implements Layer {
  @Override
  public String kind() {
    return "gather";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Check.arity(this, inputs, 2, 2);
    Shape data = inputs.getFirst();
    int index = Check.axis(this, axis, data);
    Check.exactIndices(kind(), data.dim(index));
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < data.rank(); i++) {
      if (i == index) {
        for (int dim : inputs.getLast().toArray()) {
          dims.add(dim);
        }
      } else {
        dims.add(data.dim(i));
      }
    }
    return Check.shape(dims.stream().mapToInt(Integer::intValue).toArray());
  }
}
