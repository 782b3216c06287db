// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.subject;

import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.SplittableRandom;

/** Inputs that the seed decides. */
public final class RandomInput {
  private RandomInput() {}

  /** Uniform from −1 to 1; the same shape and seed give the same numbers in every process. */
  public static Tensor of(Shape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor tensor = Tensor.zeros(shape);
    for (long i = 0; i < shape.elements(); i++) {
      tensor.set(i, (float) (2 * random.nextDouble() - 1));
    }
    return tensor;
  }
}
