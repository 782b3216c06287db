// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Add;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Mul;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Sums and products of two tensors, with broadcasting of every kind. */
final class ElementwiseCases {
  private static final List<List<Shape>> PAIRS =
      List.of(
          List.of(Shape.of(2, 5, 3, 7), Shape.of(2, 5, 3, 7)),
          List.of(Shape.of(2, 5, 3, 7), Shape.of(1, 5, 1, 1)),
          List.of(Shape.of(2, 5, 3, 7), Shape.of(2, 5, 1, 1)),
          List.of(Shape.of(2, 5, 1, 1), Shape.of(2, 5, 3, 7)),
          List.of(Shape.of(2, 5, 3, 7), Shape.of(2, 1, 3, 7)),
          List.of(Shape.of(2, 5, 3, 7), Shape.of(1, 1, 3, 1)),
          List.of(Shape.of(2, 5, 3, 7), Shape.of(7)),
          List.of(Shape.of(2, 5, 3, 7), Shape.of(3, 1)),
          List.of(Shape.of(2, 5, 3, 7), Shape.of(5, 1, 1)),
          List.of(Shape.of(2, 5, 3, 7), Shape.of(1)),
          List.of(Shape.of(2, 5, 3, 7), Shape.of()),
          List.of(Shape.of(), Shape.of(4, 3)),
          List.of(Shape.of(1, 5, 3, 1), Shape.of(2, 1, 1, 7)),
          List.of(Shape.of(5, 1), Shape.of(1, 6)),
          List.of(Shape.of(3, 33), Shape.of(3, 33)),
          List.of(Shape.of(33), Shape.of(33)),
          List.of(Shape.of(2, 3, 2, 3, 2), Shape.of(3, 1, 3, 1)));

  private ElementwiseCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (Layer layer : List.of(new Add(), new Mul())) {
      for (List<Shape> pair : PAIRS) {
        String name = layer.kind() + " " + pair.getFirst() + " and " + pair.getLast();
        cases.add(ConformanceCase.of(ConformanceCase.ascii(name), pair, layer));
      }
    }
    return cases;
  }
}
