// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The input broadcast to a shape: dimensions of 1 are repeated.
 *
 * @param shape of the output
 */
public record Expand(Shape shape) implements StridedLayer {
  @Override
  public String kind() {
    return "expand";
  }

  @Override
  public StridedMap map(Shape input) {
    if (!Broadcast.of(kind(), input, shape).equals(shape)) {
      throw new InvalidSpecException("expand: shape " + input + " does not broadcast to " + shape);
    }
    List<Integer> counts = new ArrayList<>();
    List<Long> steps = new ArrayList<>();
    long[] strides = Broadcast.strides(input, shape);
    for (int axis = 0; axis < shape.rank(); axis++) {
      counts.add(shape.dim(axis));
      steps.add(strides[axis]);
    }
    return new StridedMap(shape, 0, counts, steps);
  }
}
