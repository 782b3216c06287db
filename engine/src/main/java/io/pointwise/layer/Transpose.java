// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The axes in another order.
 *
 * @param permutation for each axis of the output, the axis of the input that it is
 */
public record Transpose(List<Integer> permutation) implements StridedLayer {
  public Transpose {
    permutation = List.copyOf(permutation);
    for (int axis = 0; axis < permutation.size(); axis++) {
      if (!permutation.contains(axis)) {
        throw new InvalidSpecException(
            "transpose: " + permutation + " is not a permutation, axis " + axis + " is missing");
      }
    }
  }

  @Override
  public String kind() {
    return "transpose";
  }

  @Override
  public StridedMap map(Shape input) {
    Check.rank(this, input, permutation.size());
    long[] steps = StridedMap.rowMajor(input);
    List<Integer> counts = new ArrayList<>();
    List<Long> moved = new ArrayList<>();
    for (int axis : permutation) {
      counts.add(input.dim(axis));
      moved.add(steps[axis]);
    }
    Shape output = Check.shape(counts.stream().mapToInt(Integer::intValue).toArray());
    return new StridedMap(output, 0, counts, moved);
  }
}
