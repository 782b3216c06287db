// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Convolutions whose window is the whole image: linear layers in another form. */
final class WholeImageCases {
  /** Batch, input channels, height, width, output channels. */
  private static final int[][] SIZES = {
    {1, 64, 1, 1, 10},
    {1, 33, 1, 1, 67},
    {2, 16, 1, 1, 5},
    {3, 7, 1, 1, 70},
    {4, 20, 1, 1, 1},
    {5, 48, 1, 1, 129},
    {9, 19, 1, 1, 17},
    {1, 5, 7, 7, 12},
    {3, 3, 4, 2, 9}
  };

  private WholeImageCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (int[] size : SIZES) {
      Shape input = Shape.of(size[0], size[1], size[2], size[3]);
      Window window = Window.of(size[2], size[3]);
      for (boolean bias : new boolean[] {true, false}) {
        cases.add(ConformanceCase.of("whole image", input, new Conv2d(size[4], window, 1, bias)));
      }
      cases.add(
          ConformanceCase.of(
              ConformanceCase.ascii("whole image conv + relu of " + input),
              input,
              builder -> builder.conv(size[4], window).relu()));
    }
    cases.add(
        ConformanceCase.of(
            "whole image conv + residual + relu",
            Shape.of(6, 30, 1, 1),
            builder -> builder.residual(branch -> branch.pointwise(30)).relu()));
    cases.add(
        ConformanceCase.of(
            "whole image conv with stride",
            Shape.of(2, 6, 3, 3),
            new Conv2d(5, Window.square(3).stride(2), 1, true)));
    cases.add(
        ConformanceCase.of(
            "whole image conv with groups",
            Shape.of(2, 6, 3, 3),
            new Conv2d(4, Window.square(3), 2, true)));
    return cases;
  }
}
