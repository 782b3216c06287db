// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One number for all elements along some axes. Over no elements at all: sums give 0, the maximum
 * −∞, the minimum +∞, the mean NaN. NaN among the elements gives NaN.
 *
 * @param function what is made of the elements
 * @param axes along which, each once; negative ones count from the end; none leaves each element
 *     alone
 * @param keepDims whether the axes stay, with size 1
 */
public record Reduce(Function function, List<Integer> axes, boolean keepDims) implements Layer {
  /** What is made of the elements {@code x}. */
  public enum Function {
    /** {@code Σx}. */
    SUM,
    /** {@code Σx} divided by their number. */
    MEAN,
    /** The greatest. */
    MAX,
    /** The least. */
    MIN,
    /** {@code Σx²}. */
    SUM_SQUARE,
    /** {@code √Σx²}. */
    L2
  }

  public Reduce {
    axes = List.copyOf(axes);
  }

  @Override
  public String kind() {
    return "reduce-" + function.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    boolean[] reduced = reduced(Check.onlyInput(this, inputs));
    List<Integer> dims = new ArrayList<>();
    for (int axis = 0; axis < reduced.length; axis++) {
      if (!reduced[axis]) {
        dims.add(inputs.getFirst().dim(axis));
      } else if (keepDims) {
        dims.add(1);
      }
    }
    return Check.shape(dims.stream().mapToInt(Integer::intValue).toArray());
  }

  /** For each axis of the input whether it is reduced. */
  public boolean[] reduced(Shape input) {
    boolean[] reduced = new boolean[input.rank()];
    for (int axis : axes) {
      int index = Check.axis(this, axis, input);
      if (reduced[index]) {
        throw new InvalidSpecException(kind() + ": axis " + axis + " is named twice in " + axes);
      }
      reduced[index] = true;
    }
    return reduced;
  }
}
