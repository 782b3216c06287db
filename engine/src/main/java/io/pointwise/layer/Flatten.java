// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * To a matrix: dimensions before {@code axis} become rows, the others columns.
 *
 * @param axis from 0 to the rank; negative counts from the end
 */
public record Flatten(int axis) implements Layer {
  /** Keeps the batch: {@code [n, c, h, w]} to {@code [n, c·h·w]}. */
  public Flatten() {
    this(1);
  }

  @Override
  public String kind() {
    return "flatten";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Check.onlyInput(this, inputs);
    int index = axis < 0 ? axis + input.rank() : axis;
    if (index < 0 || index > input.rank()) {
      throw new InvalidSpecException(
          "flatten: axis " + axis + " is outside shape " + input + " of rank " + input.rank());
    }
    long rows = input.elements(0, index);
    long columns = input.elements(index, input.rank());
    if (rows > Integer.MAX_VALUE || columns > Integer.MAX_VALUE) {
      throw new InvalidSpecException(
          "flatten: " + rows + "×" + columns + " is over the limit " + Integer.MAX_VALUE);
    }
    return Check.shape((int) rows, (int) columns);
  }
}
