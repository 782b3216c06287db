// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Convolutions in groups, down to depthwise. */
final class GroupedCases {
  private GroupedCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (int groups : new int[] {2, 3, 4}) {
      cases.add(grouped(Shape.of(1, 12, 7, 6), new Conv2d(24, Window.square(1), groups, true)));
      cases.add(
          grouped(Shape.of(2, 12, 7, 6), new Conv2d(12, Window.square(3).pad(1), groups, true)));
      cases.add(
          grouped(
              Shape.of(1, 5 * groups, 9, 8),
              new Conv2d(3 * groups, Window.square(3).stride(2), groups, false)));
    }
    for (int multiplier : new int[] {1, 2}) {
      depthwise(cases, multiplier);
    }
    return cases;
  }

  private static void depthwise(List<ConformanceCase> cases, int multiplier) {
    for (int channels : new int[] {3, 16, 33}) {
      int oc = channels * multiplier;
      cases.add(
          depthwise(
              Shape.of(1, channels, 12, 11),
              new Conv2d(oc, Window.square(3).pad(1), channels, true)));
    }
    int oc = 9 * multiplier;
    cases.add(
        depthwise(
            Shape.of(2, 9, 13, 10), new Conv2d(oc, Window.square(3).stride(2).pad(1), 9, false)));
    cases.add(
        depthwise(Shape.of(1, 9, 13, 10), new Conv2d(oc, Window.square(5).padSame(), 9, true)));
    cases.add(
        depthwise(
            Shape.of(1, 9, 8, 9), new Conv2d(oc, Window.square(3).dilation(2).padSame(), 9, true)));
    cases.add(
        depthwise(Shape.of(1, 9, 8, 9), new Conv2d(oc, Window.square(3).pad(0, 2, 1, 0), 9, true)));
    cases.add(depthwise(Shape.of(1, 9, 5, 4), new Conv2d(oc, Window.square(1), 9, true)));
    cases.add(depthwise(Shape.of(7, 9, 1, 1), new Conv2d(oc, Window.square(3).pad(1), 9, true)));
    cases.add(depthwise(Shape.of(1, 9, 7, 9), new Conv2d(oc, Window.square(3).stride(3), 9, true)));
  }

  private static ConformanceCase grouped(Shape input, Conv2d conv) {
    return ConformanceCase.of("grouped", input, conv);
  }

  private static ConformanceCase depthwise(Shape input, Conv2d conv) {
    return ConformanceCase.of("depthwise", input, conv);
  }
}
