// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Mean or maximum of each channel: {@code [n, c, h, w]} to {@code [n, c, 1, 1]}.
 *
 * @param mode which of the two
 */
public record GlobalPool2d(Mode mode) implements Layer {
  /** What is taken over the channel. */
  public enum Mode {
    AVERAGE,
    MAX
  }

  @Override
  public String kind() {
    return mode == Mode.MAX ? "global-max-pool2d" : "global-avg-pool2d";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Check.onlyInput(this, inputs);
    Check.rank(this, input, 4);
    Check.atLeast("ih", input.dim(2), 1);
    Check.atLeast("iw", input.dim(3), 1);
    return Shape.of(input.dim(0), input.dim(1), 1, 1);
  }
}
