// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Where along an axis the extreme element is: its index, a whole number. NaN counts as more extreme
 * than any number.
 *
 * @param mode greatest or least
 * @param axis along which; negative counts from the end
 * @param keepDims whether the axis stays, with size 1
 * @param last whether the last of equal elements counts, else the first
 */
public record ArgReduce(Mode mode, int axis, boolean keepDims, boolean last) implements Layer {
  /** Which element is looked for. */
  public enum Mode {
    MAX,
    MIN
  }

  @Override
  public String kind() {
    return mode == Mode.MAX ? "arg-max" : "arg-min";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Check.onlyInput(this, inputs);
    int index = Check.axis(this, axis, input);
    Check.atLeast(kind() + " size of axis " + index, input.dim(index), 1);
    Check.exactIndices(kind(), input.dim(index));
    if (keepDims) {
      return input.with(index, 1);
    }
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < input.rank(); i++) {
      if (i != index) {
        dims.add(input.dim(i));
      }
    }
    return Check.shape(dims.stream().mapToInt(Integer::intValue).toArray());
  }
}
