// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Group normalisation over {@code [n, c, …]} (Wu and He, 2018): each group of channels of each
 * image is shifted and scaled to mean 0 and variance 1, {@code (x − mean)/√(variance + epsilon)},
 * then {@code scale·x + shift}, those two a channel. With as many groups as channels it is instance
 * normalisation. The variance is that of the elements: {@code Σ(x − mean)²/count}.
 *
 * @param groups divides the channels
 * @param epsilon added to the variance
 */
public record GroupNorm(int groups, float epsilon) implements Layer {
  public GroupNorm {
    Check.atLeast("group-norm groups", groups, 1);
    Check.finite("group-norm epsilon", epsilon);
    if (epsilon < 0) {
      throw new InvalidSpecException("group-norm epsilon=" + epsilon + " must be at least 0");
    }
  }

  @Override
  public String kind() {
    return "group-norm";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Check.onlyInput(this, inputs);
    if (input.rank() < 2) {
      throw new InvalidSpecException(
          "group-norm needs an input of rank 2 or more, got shape " + input);
    }
    Check.divides("groups", groups, "channels", input.dim(1));
    return input;
  }

  @Override
  public Map<Role, Shape> weights(List<Shape> inputs) {
    Shape channels = Shape.of(outputShape(inputs).dim(1));
    Map<Role, Shape> weights = new EnumMap<>(Role.class);
    weights.put(Role.SCALE, channels);
    weights.put(Role.SHIFT, channels);
    return weights;
  }
}
