// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Linear;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Fully connected layers. */
final class LinearCases {
  private static final int[][] SIZES = {
    {1, 1, 1},
    {1, 7, 3},
    {1, 64, 10},
    {1, 33, 17},
    {2, 17, 33},
    {7, 20, 5},
    {3, 300, 8},
    {1, 5, 300},
    {16, 16, 16}
  };

  private LinearCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (int[] size : SIZES) {
      for (boolean bias : new boolean[] {true, false}) {
        cases.add(
            ConformanceCase.of(
                "linear " + size[0] + "x" + size[1] + " to " + size[2] + (bias ? "" : " no bias"),
                Shape.of(size[0], size[1]),
                new Linear(size[2], bias)));
      }
    }
    return cases;
  }
}
