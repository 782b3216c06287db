// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.ChannelShuffle;
import io.pointwise.layer.Expand;
import io.pointwise.layer.Slice;
import io.pointwise.layer.StridedLayer;
import io.pointwise.layer.Transpose;
import io.pointwise.layer.Unfold;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Layers that move elements about by regular steps: copies, on every rank. */
final class MovementCases {
  private MovementCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    transposes(cases);
    slices(cases);
    for (Shape input : List.of(Shape.of(), Shape.of(7), Shape.of(5, 1, 7), Shape.of(1, 5, 3, 1))) {
      add(cases, input, new Expand(Shape.of(2, 5, 3, 7)));
    }
    add(cases, Shape.of(2, 1, 1), new Expand(Shape.of(3, 1, 2, 2, 3, 5)));
    add(cases, Shape.of(1, 3), new Expand(Shape.of(0, 3)));
    add(cases, Shape.of(2, 5, 11), new Unfold(2, 3, 1, 1));
    add(cases, Shape.of(2, 11, 5), new Unfold(1, 3, 2, 3));
    add(cases, Shape.of(7), new Unfold(0, 7, 1, 1));
    add(cases, Shape.of(2, 0, 4), new Unfold(2, 2, 1, 1));
    for (int groups : new int[] {1, 2, 3, 12}) {
      add(cases, Shape.of(2, 12, 3, 5), new ChannelShuffle(groups));
    }
    cases.add(
        ConformanceCase.of(
            "conv channel shuffle conv",
            Shape.of(2, 6, 5, 4),
            b -> b.pointwise(12).layer(new ChannelShuffle(3)).pointwise(7)));
    return cases;
  }

  private static void transposes(List<ConformanceCase> cases) {
    add(cases, Shape.of(), new Transpose(List.of()));
    add(cases, Shape.of(5), new Transpose(List.of(0)));
    add(cases, Shape.of(33, 17), new Transpose(List.of(1, 0)));
    add(cases, Shape.of(2, 5, 3), new Transpose(List.of(2, 0, 1)));
    for (List<Integer> order :
        List.of(
            List.of(0, 2, 3, 1), List.of(0, 3, 1, 2), List.of(3, 2, 1, 0), List.of(0, 1, 3, 2))) {
      add(cases, Shape.of(2, 5, 3, 7), new Transpose(order));
    }
    add(cases, Shape.of(2, 3, 1, 4, 2, 3), new Transpose(List.of(5, 0, 3, 2, 4, 1)));
    add(cases, Shape.of(2, 0, 3), new Transpose(List.of(1, 2, 0)));
  }

  private static void slices(List<ConformanceCase> cases) {
    add(cases, Shape.of(11), new Slice(List.of(2), List.of(3), List.of(3)));
    add(cases, Shape.of(11), new Slice(List.of(10), List.of(-1), List.of(11)));
    add(cases, Shape.of(7, 9), new Slice(List.of(6, 1), List.of(-2, 4), List.of(4, 2)));
    add(
        cases,
        Shape.of(2, 5, 8, 7),
        new Slice(List.of(0, 1, 7, 6), List.of(1, 1, -3, -2), List.of(2, 3, 3, 3)));
    add(
        cases,
        Shape.of(2, 3, 2, 3, 2, 3),
        new Slice(
            List.of(1, 0, 0, 2, 0, 1), List.of(-1, 2, 1, -1, 1, 1), List.of(2, 2, 1, 3, 2, 2)));
    add(cases, Shape.of(4, 5), new Slice(List.of(0, 3), List.of(1, 1), List.of(4, 0)));
    add(cases, Shape.of(), new Slice(List.of(), List.of(), List.of()));
  }

  private static void add(List<ConformanceCase> cases, Shape input, StridedLayer layer) {
    String name = layer + " of " + input;
    cases.add(ConformanceCase.of(ConformanceCase.ascii(name), input, layer));
  }
}
