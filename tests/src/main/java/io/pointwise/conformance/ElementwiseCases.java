// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Mul;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Functions of two tensors, with broadcasting of every kind. */
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
          List.of(Shape.of(2, 3, 2, 3, 2), Shape.of(3, 1, 3, 1)),
          List.of(Shape.of(2, 1, 3, 1, 2, 5), Shape.of(3, 1, 3, 1, 1)),
          List.of(Shape.of(), Shape.of()),
          List.of(Shape.of(2, 0, 3), Shape.of(1, 3)));

  /** Enough for functions that share all but one line with another. */
  private static final List<List<Shape>> FEW =
      List.of(
          List.of(Shape.of(2, 5, 3, 7), Shape.of(2, 5, 3, 7)),
          List.of(Shape.of(5, 1, 1), Shape.of(2, 5, 3, 7)),
          List.of(Shape.of(33), Shape.of()));

  private ElementwiseCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    add(cases, new Add(), PAIRS);
    add(cases, new Mul(), PAIRS);
    for (Elementwise.Function function : Elementwise.Function.values()) {
      boolean first = function == Elementwise.Function.SUBTRACT;
      add(cases, new Elementwise(function), first ? PAIRS : FEW);
    }
    cases.add(power());
    return cases;
  }

  private static void add(List<ConformanceCase> cases, Layer layer, List<List<Shape>> pairs) {
    for (List<Shape> pair : pairs) {
      String name = layer.kind() + " " + pair.getFirst() + " and " + pair.getLast();
      cases.add(ConformanceCase.of(ConformanceCase.ascii(name), pair, layer));
    }
  }

  /** Whole powers, which negative numbers have too. */
  private static ConformanceCase power() {
    NetworkBuilder builder =
        Network.builder("power").input("a", Shape.of(3, 33)).input("b", Shape.of(3, 33));
    builder
        .layer(new Activation(new ActivationFunction.Affine(2, 0)))
        .layer("whole", new Activation(new ActivationFunction.Truncate()))
        .layer("power", new Elementwise(Elementwise.Function.POWER), List.of("a", "whole"));
    return new ConformanceCase("power of whole numbers", builder.build(0));
  }
}
