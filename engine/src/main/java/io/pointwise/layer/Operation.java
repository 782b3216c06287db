// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * What a device can be asked to do: a {@link Layer} of a network, or a {@link Reorder} that
 * planning put in.
 */
public sealed interface Operation permits Layer, Reorder {
  /**
   * The operation's name in the vocabulary of the field, lower case: {@code conv2d}, {@code
   * max-pool2d}.
   */
  String kind();

  /**
   * The shape of the output for inputs of these shapes.
   *
   * @throws InvalidSpecException if these inputs cannot be
   */
  Shape outputShape(List<Shape> inputs);
}
