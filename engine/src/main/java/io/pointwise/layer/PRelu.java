// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * Leaky ReLU with learned slopes over {@code [n, c, …]}.
 *
 * @param perChannel one slope a channel, else a single one
 */
public record PRelu(boolean perChannel) implements Layer {
  @Override
  public String kind() {
    return "prelu";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Check.onlyInput(this, inputs);
    if (input.rank() < 2) {
      throw new InvalidSpecException("prelu needs an input of rank 2 or more, got shape " + input);
    }
    return input;
  }

  @Override
  public Map<Role, Shape> weights(List<Shape> inputs) {
    return Map.of(Role.SLOPE, Shape.of(perChannel ? outputShape(inputs).dim(1) : 1));
  }
}
