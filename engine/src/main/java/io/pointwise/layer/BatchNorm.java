// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Batch normalisation at inference over {@code [n, c, …]}: {@code scale·(x − mean)/√(variance +
 * epsilon) + shift}, all four a channel (Ioffe and Szegedy, 2015).
 *
 * @param epsilon added to the variance
 */
public record BatchNorm(float epsilon) implements Layer {
  public BatchNorm {
    Check.finite("batch-norm epsilon", epsilon);
    if (epsilon < 0) {
      throw new InvalidSpecException("batch-norm epsilon=" + epsilon + " must be at least 0");
    }
  }

  @Override
  public String kind() {
    return "batch-norm";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Check.onlyInput(this, inputs);
    if (input.rank() < 2) {
      throw new InvalidSpecException(
          "batch-norm needs an input of rank 2 or more, got shape " + input);
    }
    return input;
  }

  @Override
  public Map<Role, Shape> weights(List<Shape> inputs) {
    Shape channels = Shape.of(outputShape(inputs).dim(1));
    Map<Role, Shape> weights = new EnumMap<>(Role.class);
    weights.put(Role.SCALE, channels);
    weights.put(Role.SHIFT, channels);
    weights.put(Role.MEAN, channels);
    weights.put(Role.VARIANCE, channels);
    return weights;
  }
}
