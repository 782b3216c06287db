// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.ArgReduce;
import io.pointwise.layer.Reduce;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Sums, means, extremes and indices of extremes along axes. */
final class ReductionCases {
  private static final Shape IMAGE = Shape.of(2, 5, 3, 8);

  private static final List<List<Integer>> AXES =
      List.of(
          List.of(), List.of(3), List.of(-3), List.of(0, 2), List.of(2, 3), List.of(0, 1, 2, 3));

  private ReductionCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (Reduce.Function function : Reduce.Function.values()) {
      for (List<Integer> axes : AXES) {
        cases.add(reduce(IMAGE, new Reduce(function, axes, axes.size() == 1)));
      }
      cases.add(reduce(Shape.of(1000), new Reduce(function, List.of(0), false)));
      cases.add(reduce(Shape.of(3, 33), new Reduce(function, List.of(0), true)));
      cases.add(reduce(Shape.of(2, 1, 3, 2, 1, 5), new Reduce(function, List.of(1, 3, 5), false)));
      cases.add(reduce(Shape.of(), new Reduce(function, List.of(), false)));
      cases.add(reduce(Shape.of(2, 0, 3), new Reduce(function, List.of(1), false)));
      cases.add(reduce(Shape.of(2, 0, 3), new Reduce(function, List.of(0), true)));
    }
    for (ArgReduce.Mode mode : ArgReduce.Mode.values()) {
      for (boolean last : new boolean[] {false, true}) {
        for (int axis = -1; axis < 3; axis++) {
          cases.add(find(IMAGE, new ArgReduce(mode, axis, axis == 1, last)));
        }
        cases.add(find(Shape.of(1000), new ArgReduce(mode, 0, false, last)));
        cases.add(find(Shape.of(0, 3), new ArgReduce(mode, 1, false, last)));
      }
    }
    return cases;
  }

  private static ConformanceCase reduce(Shape input, Reduce layer) {
    String name = layer.kind() + " of " + input + " along " + layer.axes();
    return ConformanceCase.of(ConformanceCase.ascii(name), input, layer);
  }

  private static ConformanceCase find(Shape input, ArgReduce layer) {
    String which = layer.last() ? ", the last one" : "";
    String name = layer.kind() + " of " + input + " along " + layer.axis() + which;
    return ConformanceCase.of(ConformanceCase.ascii(name), input, layer);
  }
}
