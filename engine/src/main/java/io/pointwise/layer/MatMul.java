// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Matrix product of two inputs, {@code […, m, k]} and {@code […, k, n]} to {@code […, m, n]}; the
 * dimensions before the last two are broadcast. For a product with fixed weights see {@link Linear}
 * and {@link Conv2d#pointwise}.
 */
public record MatMul() implements Layer {
  @Override
  public String kind() {
    return "matmul";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Check.arity(this, inputs, 2, 2);
    Shape a = inputs.getFirst();
    Shape b = inputs.getLast();
    if (a.rank() < 2 || b.rank() < 2 || a.dim(-1) != b.dim(-2)) {
      throw new InvalidSpecException("matmul: shapes " + a + " and " + b + " cannot be multiplied");
    }
    Shape batch = Broadcast.of(kind(), a.with(-1, 1).with(-2, 1), b.with(-1, 1).with(-2, 1));
    return Check.shape(batch.with(-2, a.dim(-2)).with(-1, b.dim(-1)).toArray());
  }

  @Override
  public long macs(List<Shape> inputs) {
    return Check.product(
        "number of MACs", outputShape(inputs).elements(), inputs.getFirst().dim(-1));
  }
}
