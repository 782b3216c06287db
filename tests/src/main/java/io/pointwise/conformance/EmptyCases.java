// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Linear;
import io.pointwise.tensor.Shape;
import java.util.List;

/** Tensors with a dimension of zero, where layers allow them. */
final class EmptyCases {
  private EmptyCases() {}

  static List<ConformanceCase> all() {
    Shape nothing = Shape.of(2, 0, 3, 3);
    return List.of(
        ConformanceCase.of("relu of nothing", nothing, b -> b.relu()),
        ConformanceCase.of(
            "gelu of nothing",
            nothing,
            b -> b.layer(new Activation(new ActivationFunction.Gelu(false)))),
        ConformanceCase.of("add nothing to nothing", List.of(nothing, nothing), new Add()),
        ConformanceCase.of(
            "concat something and nothing", List.of(Shape.of(2, 4, 3, 3), nothing), new Concat(1)),
        ConformanceCase.of("flatten nothing", nothing, b -> b.flatten()),
        ConformanceCase.of("linear of no rows", Shape.of(0, 5), new Linear(3, true)),
        ConformanceCase.of("linear of no features", Shape.of(2, 0), new Linear(3, true)));
  }
}
