// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Where;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Choosing between two tensors by a third, with broadcasting. */
final class ChoiceCases {
  private static final Shape IMAGE = Shape.of(2, 5, 3, 7);

  private static final List<List<Shape>> TRIPLES =
      List.of(
          List.of(IMAGE, IMAGE, IMAGE),
          List.of(IMAGE, Shape.of(), Shape.of(7)),
          List.of(Shape.of(5, 1, 1), IMAGE, Shape.of(1, 1, 3, 1)),
          List.of(Shape.of(), Shape.of(3, 1), Shape.of(1, 4)),
          List.of(Shape.of(3, 1), Shape.of(), Shape.of(1, 4)),
          List.of(Shape.of(33), Shape.of(33), Shape.of(33)),
          List.of(Shape.of(), Shape.of(), Shape.of()),
          List.of(Shape.of(0, 3), Shape.of(1), Shape.of(3)),
          List.of(Shape.of(2, 1, 2, 1, 2, 1), Shape.of(3, 1, 2, 1, 2), Shape.of(1)));

  private ChoiceCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (List<Shape> shapes : TRIPLES) {
      String name = "where " + shapes.get(0) + " of " + shapes.get(1) + " and " + shapes.get(2);
      cases.add(ConformanceCase.of(ConformanceCase.ascii(name), shapes, new Where()));
    }
    cases.add(lesser());
    return cases;
  }

  /** The lesser of two the long way, so that either is chosen half the time. */
  private static ConformanceCase lesser() {
    NetworkBuilder builder = Network.builder("lesser").input("a", IMAGE).input("b", IMAGE);
    builder
        .layer("less", new Elementwise(Elementwise.Function.LESS), List.of("a", "b"))
        .layer("lesser", new Where(), List.of("less", "a", "b"));
    return new ConformanceCase("where less", builder.build(0));
  }
}
