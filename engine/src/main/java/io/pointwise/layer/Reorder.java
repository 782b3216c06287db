// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Copies an activation from one layout to another. Put in by the planner only; with equal layouts
 * it is a plain copy.
 *
 * @param from layout of the input
 * @param to layout of the output
 */
public record Reorder(Layout from, Layout to) implements Operation {
  @Override
  public String kind() {
    return "reorder";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.getFirst();
  }
}
