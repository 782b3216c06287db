// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.Map;

/** Batch norm's four numbers for one channel. */
final class BatchNormWeights {
  private BatchNormWeights() {}

  static Weights of(float scale, float shift, float mean, float variance) {
    Shape one = Shape.of(1);
    return Weights.of(
        Map.of(
            Role.SCALE, Tensor.of(one, scale),
            Role.SHIFT, Tensor.of(one, shift),
            Role.MEAN, Tensor.of(one, mean),
            Role.VARIANCE, Tensor.of(one, variance)));
  }
}
