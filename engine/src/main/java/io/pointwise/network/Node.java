// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import io.pointwise.layer.Cost;
import io.pointwise.layer.Layer;
import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * A layer in its place in a {@link Network}.
 *
 * @param name unique in the network; also names the layer's output
 * @param layer what it computes
 * @param inputs names of the values that it reads: network inputs or other nodes
 * @param inputShapes their shapes
 * @param shape shape of its output
 * @param weights its weights
 */
public record Node(
    String name,
    Layer layer,
    List<String> inputs,
    List<Shape> inputShapes,
    Shape shape,
    Weights weights) {
  public Node {
    inputs = List.copyOf(inputs);
    inputShapes = List.copyOf(inputShapes);
  }

  public Cost cost() {
    return layer.cost(inputShapes);
  }
}
