// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions with more than one tap: kernel sizes, strides, padding, dilation, and images as
 * small as the kernel.
 */
final class SpatialCases {
  private SpatialCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    kernels(cases);
    strides(cases);
    padding(cases);
    dilation(cases);
    edges(cases);
    return cases;
  }

  private static void kernels(List<ConformanceCase> cases) {
    for (int k : new int[] {2, 3, 5, 7}) {
      cases.add(conv(Shape.of(1, 3, 13, 11), new Conv2d(8, Window.square(k))));
      cases.add(conv(Shape.of(2, 5, 9, 10), new Conv2d(7, Window.square(k).padSame())));
    }
    cases.add(conv(Shape.of(1, 6, 12, 13), new Conv2d(5, Window.of(1, 7).padSame())));
    cases.add(conv(Shape.of(1, 6, 13, 12), new Conv2d(5, Window.of(7, 1).padSame())));
    cases.add(conv(Shape.of(1, 4, 8, 9), new Conv2d(6, Window.of(2, 3))));
    for (int channels : new int[] {1, 8, 16, 17, 33}) {
      cases.add(conv(Shape.of(1, channels, 12, 12), new Conv2d(channels, Window.square(3).pad(1))));
    }
    cases.add(conv(Shape.of(1, 64, 7, 7), new Conv2d(33, Window.square(3).pad(1))));
    cases.add(conv(Shape.of(7, 3, 6, 6), new Conv2d(4, Window.square(3).pad(1))));
    cases.add(conv(Shape.of(1, 9, 8, 8), new Conv2d(10, Window.square(3).pad(1), 1, false)));
    cases.add(conv(Shape.of(1, 3, 33, 31), new Conv2d(16, Window.square(3).pad(1))));
  }

  private static void strides(List<ConformanceCase> cases) {
    for (int stride : new int[] {2, 3}) {
      for (int k : new int[] {2, 3, 5}) {
        cases.add(conv(Shape.of(1, 5, 13, 12), new Conv2d(6, Window.square(k).stride(stride))));
      }
    }
    cases.add(conv(Shape.of(1, 3, 23, 21), new Conv2d(16, Window.square(7).stride(2).pad(3))));
    cases.add(conv(Shape.of(2, 4, 10, 9), new Conv2d(6, Window.square(3).stride(2, 1).pad(1))));
    cases.add(conv(Shape.of(2, 4, 10, 9), new Conv2d(6, Window.square(3).stride(1, 3).pad(1))));
    cases.add(conv(Shape.of(1, 4, 9, 9), new Conv2d(6, Window.square(2).stride(5))));
  }

  private static void padding(List<ConformanceCase> cases) {
    cases.add(conv(Shape.of(1, 4, 7, 6), new Conv2d(5, Window.square(3).pad(0, 1, 2, 1))));
    cases.add(conv(Shape.of(1, 4, 7, 6), new Conv2d(5, Window.square(3).pad(2, 0, 0, 3))));
    cases.add(conv(Shape.of(1, 4, 5, 5), new Conv2d(5, Window.square(3).pad(4))));
    cases.add(conv(Shape.of(1, 2, 3, 4), new Conv2d(3, Window.square(2).pad(5, 4, 3, 6))));
    cases.add(
        conv(Shape.of(1, 4, 8, 8), new Conv2d(5, Window.square(3).stride(2).pad(0, 0, 1, 1))));
    cases.add(
        conv(Shape.of(1, 4, 8, 7), new Conv2d(5, Window.of(5, 3).stride(2, 1).pad(1, 2, 3, 0))));
  }

  private static void dilation(List<ConformanceCase> cases) {
    for (int dilation : new int[] {2, 3}) {
      Window window = Window.square(3).dilation(dilation);
      cases.add(conv(Shape.of(1, 5, 11, 12), new Conv2d(6, window)));
      cases.add(conv(Shape.of(2, 5, 9, 8), new Conv2d(6, window.padSame())));
      cases.add(conv(Shape.of(1, 5, 14, 13), new Conv2d(6, window.stride(2).pad(1))));
    }
    cases.add(conv(Shape.of(1, 4, 10, 11), new Conv2d(5, Window.of(2, 5).dilation(3, 2).pad(2))));
  }

  private static void edges(List<ConformanceCase> cases) {
    cases.add(conv(Shape.of(1, 6, 1, 1), new Conv2d(7, Window.square(3).pad(1))));
    cases.add(conv(Shape.of(2, 6, 1, 1), new Conv2d(7, Window.square(7).pad(3))));
    cases.add(conv(Shape.of(1, 6, 3, 3), new Conv2d(7, Window.square(3))));
    cases.add(conv(Shape.of(1, 6, 5, 4), new Conv2d(7, Window.of(7, 6).pad(1))));
    cases.add(conv(Shape.of(1, 3, 1, 9), new Conv2d(4, Window.of(1, 3))));
    cases.add(conv(Shape.of(1, 3, 9, 1), new Conv2d(4, Window.of(3, 1))));
    cases.add(conv(Shape.of(1, 1, 5, 5), new Conv2d(1, Window.square(3))));
  }

  private static ConformanceCase conv(Shape input, Conv2d conv) {
    return ConformanceCase.of("conv", input, conv);
  }
}
