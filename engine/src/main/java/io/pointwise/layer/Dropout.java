// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * The identity: dropout does nothing at inference. Planning removes it.
 *
 * @param probability of an element to be dropped in training; kept for documentation
 */
public record Dropout(float probability) implements Layer {
  public Dropout {
    // Written so that NaN fails too.
    if (!(probability >= 0 && probability <= 1)) {
      throw new InvalidSpecException("dropout probability=" + probability + " is outside 0..1");
    }
  }

  @Override
  public String kind() {
    return "dropout";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Check.onlyInput(this, inputs);
  }
}
