// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An input or output of a model.
 *
 * @param name in the graph
 * @param type of its elements
 * @param dims its dimensions
 */
public record OnnxValue(String name, ElementType type, List<Dim> dims) {
  public OnnxValue {
    dims = List.copyOf(dims);
  }

  /**
   * One dimension.
   *
   * @param name of a dynamic one, as {@code batch}; may be empty
   * @param size its size, or −1 for a dynamic one
   */
  public record Dim(String name, int size) {
    /** Whether its size is known only when a tensor comes. */
    public boolean isDynamic() {
      return size < 0;
    }

    @Override
    public String toString() {
      return !isDynamic() ? Integer.toString(size) : name.isEmpty() ? "?" : name;
    }
  }

  /** Whether every dimension has a size. */
  public boolean isStatic() {
    return dims.stream().noneMatch(Dim::isDynamic);
  }

  /** The shape, if every dimension has a size. */
  public Optional<Shape> shape() {
    return isStatic()
        ? Optional.of(Shape.of(dims.stream().mapToInt(Dim::size).toArray()))
        : Optional.empty();
  }

  /** Whether a tensor of this shape can be it. */
  public boolean accepts(Shape shape) {
    if (shape.rank() != dims.size()) {
      return false;
    }
    for (int axis = 0; axis < dims.size(); axis++) {
      if (!dims.get(axis).isDynamic() && dims.get(axis).size() != shape.dim(axis)) {
        return false;
      }
    }
    return true;
  }

  /** As {@code image: float32 [batch, 3, 224, 224]}. */
  @Override
  public String toString() {
    return name
        + ": "
        + type
        + dims.stream().map(Dim::toString).collect(Collectors.joining(", ", " [", "]"));
  }
}
