// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * 1×1 convolutions: channels and pixels below, at and above the widths of vectors and tiles, so
 * that every tail of every blocking is met.
 */
final class PointwiseCases {
  private static final int[] CHANNELS = {1, 3, 8, 17, 33, 64};
  private static final int[][] SIZES = {{1, 1}, {1, 7}, {5, 3}, {7, 7}, {12, 12}, {13, 11}};

  private PointwiseCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (int i = 0; i < CHANNELS.length; i++) {
      for (int o = 0; o < CHANNELS.length; o++) {
        // A Latin square: every channel count meets every image size without all 216 products.
        int[] size = SIZES[(i + o) % SIZES.length];
        cases.add(
            pointwise(Shape.of(1, CHANNELS[i], size[0], size[1]), Conv2d.pointwise(CHANNELS[o])));
      }
    }
    for (int[] size : SIZES) {
      cases.add(pointwise(Shape.of(2, 33, size[0], size[1]), Conv2d.pointwise(24)));
    }
    cases.add(pointwise(Shape.of(7, 5, 3, 5), Conv2d.pointwise(19)));
    cases.add(pointwise(Shape.of(7, 16, 1, 1), Conv2d.pointwise(16)));
    cases.add(pointwise(Shape.of(1, 300, 4, 5), Conv2d.pointwise(10)));
    cases.add(pointwise(Shape.of(1, 10, 4, 5), Conv2d.pointwise(300)));
    cases.add(pointwise(Shape.of(1, 32, 1, 130), Conv2d.pointwise(48)));
    cases.add(pointwise(Shape.of(1, 33, 7, 7), new Conv2d(17, Window.square(1), 1, false)));
    for (int stride : new int[] {2, 3}) {
      cases.add(
          pointwise(Shape.of(2, 17, 13, 11), new Conv2d(20, Window.square(1).stride(stride))));
    }
    cases.add(pointwise(Shape.of(1, 8, 9, 8), new Conv2d(9, Window.square(1).stride(1, 2))));
    cases.add(pointwise(Shape.of(1, 6, 5, 4), new Conv2d(8, Window.square(1).pad(1))));
    cases.add(pointwise(Shape.of(1, 6, 5, 4), new Conv2d(8, Window.square(1).pad(2, 0, 0, 1))));
    cases.add(
        pointwise(Shape.of(2, 6, 6, 5), new Conv2d(7, Window.square(1).stride(2).pad(0, 1, 1, 0))));
    return cases;
  }

  private static ConformanceCase pointwise(Shape input, Conv2d conv) {
    return ConformanceCase.of("pointwise", input, conv);
  }
}
