// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A box of the input: along each axis some elements, evenly spaced, forwards or backwards.
 *
 * @param starts index of the first element along each axis
 * @param steps from one to the next, not 0; negative goes backwards
 * @param sizes how many
 */
public record Slice(List<Integer> starts, List<Integer> steps, List<Integer> sizes)
    implements StridedLayer {
  public Slice {
    starts = List.copyOf(starts);
    steps = List.copyOf(steps);
    sizes = List.copyOf(sizes);
    if (starts.size() != sizes.size() || steps.size() != sizes.size()) {
      throw new InvalidSpecException(
          "slice: starts "
              + starts
              + ", steps "
              + steps
              + " and sizes "
              + sizes
              + " differ in number");
    }
    for (int axis = 0; axis < sizes.size(); axis++) {
      Check.atLeast("slice size of axis " + axis, sizes.get(axis), 0);
      if (steps.get(axis) == 0) {
        throw new InvalidSpecException("slice: step of axis " + axis + " is 0");
      }
    }
  }

  @Override
  public String kind() {
    return "slice";
  }

  @Override
  public StridedMap map(Shape input) {
    Check.rank(this, input, sizes.size());
    long[] rowMajor = StridedMap.rowMajor(input);
    long offset = 0;
    List<Long> moved = new ArrayList<>();
    for (int axis = 0; axis < sizes.size(); axis++) {
      long first = starts.get(axis);
      long last = first + (sizes.get(axis) - 1L) * steps.get(axis);
      int limit = input.dim(axis);
      if (sizes.get(axis) > 0 && (Math.min(first, last) < 0 || Math.max(first, last) >= limit)) {
        throw new InvalidSpecException(
            "slice: elements "
                + first
                + " to "
                + last
                + " of axis "
                + axis
                + " are outside shape "
                + input);
      }
      offset += sizes.get(axis) > 0 ? first * rowMajor[axis] : 0;
      moved.add(steps.get(axis) * rowMajor[axis]);
    }
    Shape output = Check.shape(sizes.stream().mapToInt(Integer::intValue).toArray());
    return new StridedMap(output, offset, sizes, moved);
  }
}
