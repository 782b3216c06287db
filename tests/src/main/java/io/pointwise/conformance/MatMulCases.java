// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.MatMul;
import io.pointwise.layer.Softmax;
import io.pointwise.layer.Transpose;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Products of two matrices and of stacks of them. */
final class MatMulCases {
  private static final List<List<Shape>> PAIRS =
      List.of(
          List.of(Shape.of(1, 1), Shape.of(1, 1)),
          List.of(Shape.of(3, 5), Shape.of(5, 7)),
          List.of(Shape.of(1, 65), Shape.of(65, 1)),
          List.of(Shape.of(33, 1), Shape.of(1, 17)),
          List.of(Shape.of(67, 70), Shape.of(70, 65)),
          List.of(Shape.of(4, 300), Shape.of(300, 9)),
          List.of(Shape.of(2, 3, 17, 9), Shape.of(2, 3, 9, 33)),
          List.of(Shape.of(6, 2, 3), Shape.of(5, 1, 3, 4)),
          List.of(Shape.of(3, 4, 5), Shape.of(5, 6)),
          List.of(Shape.of(4, 5), Shape.of(3, 5, 6)),
          List.of(Shape.of(2, 1, 2, 1, 3, 4), Shape.of(3, 1, 2, 4, 2)),
          List.of(Shape.of(2, 0), Shape.of(0, 3)),
          List.of(Shape.of(0, 4), Shape.of(4, 3)),
          List.of(Shape.of(0, 2, 4), Shape.of(4, 3)));

  private MatMulCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (List<Shape> pair : PAIRS) {
      String name = "matmul " + pair.getFirst() + " and " + pair.getLast();
      cases.add(ConformanceCase.of(ConformanceCase.ascii(name), pair, new MatMul()));
    }
    cases.add(attention());
    return cases;
  }

  /** Softmax of the product of a matrix with itself, times it again. */
  private static ConformanceCase attention() {
    NetworkBuilder builder = Network.builder("attention").input("x", Shape.of(2, 7, 5));
    builder
        .layer("turned", new Transpose(List.of(0, 2, 1)))
        .layer("scores", new MatMul(), List.of("x", "turned"))
        .layer("weights", new Softmax(2))
        .layer("mixed", new MatMul(), List.of("weights", "x"));
    return new ConformanceCase("attention", builder.build(0));
  }
}
