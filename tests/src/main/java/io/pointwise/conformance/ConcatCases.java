// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Concat;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Joining two to four tensors along every axis. */
final class ConcatCases {
  private ConcatCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (int axis = 0; axis < 4; axis++) {
      for (int count = 2; count <= 4; count++) {
        List<Shape> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          inputs.add(Shape.of(2, 3, 4, 5).with(axis, 1 + 3 * i));
        }
        cases.add(
            ConformanceCase.of(
                "concat " + count + " along axis " + axis, inputs, new Concat(axis)));
      }
    }
    Shape even = Shape.of(1, 8, 3, 3);
    cases.add(ConformanceCase.of("concat 1", List.of(even), new Concat(1)));
    cases.add(ConformanceCase.of("concat even channels", List.of(even, even), new Concat(1)));
    cases.add(ConformanceCase.of("concat along axis -3", List.of(even, even), new Concat(-3)));
    cases.add(
        ConformanceCase.of(
            "concat features", List.of(Shape.of(3, 4), Shape.of(3, 9)), new Concat(1)));
    cases.add(
        ConformanceCase.of("concat vectors", List.of(Shape.of(4), Shape.of(9)), new Concat(0)));
    return cases;
  }
}
