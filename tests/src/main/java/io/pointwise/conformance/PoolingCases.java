// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.MaxPoolIndices;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Maximum and average pooling over windows and over whole channels. */
final class PoolingCases {
  private static final List<Window> WINDOWS =
      List.of(
          Window.square(2).stride(2),
          Window.square(3).stride(2),
          Window.square(3).stride(2).pad(1),
          Window.square(3).pad(1),
          Window.square(2),
          Window.square(1).stride(2),
          Window.of(1, 4).stride(1, 2),
          Window.of(5, 2).stride(3, 2),
          Window.square(3).stride(2).pad(0, 1, 2, 0),
          Window.square(3).stride(3).pad(2, 2, 1, 1),
          Window.square(2).dilation(2),
          Window.square(3).dilation(2, 1).stride(2).pad(2, 1, 2, 1));

  private PoolingCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    Shape input = Shape.of(2, 5, 11, 9);
    for (Window window : WINDOWS) {
      for (boolean ceil : new boolean[] {false, true}) {
        String name = ConformanceCase.ascii(window.toString()) + (ceil ? " ceil" : "");
        cases.add(ConformanceCase.of("max pool " + name, input, new MaxPool2d(window, ceil)));
        cases.add(
            ConformanceCase.of("avg pool " + name, input, new AvgPool2d(window, ceil, false)));
        cases.add(
            ConformanceCase.of(
                "avg pool " + name + " with padding", input, new AvgPool2d(window, ceil, true)));
      }
    }
    indices(cases, input);
    Window three = Window.square(3).stride(2).pad(1);
    cases.add(
        ConformanceCase.of("max pool of one pixel", Shape.of(1, 33, 1, 1), new MaxPool2d(three)));
    cases.add(
        ConformanceCase.of("avg pool of one pixel", Shape.of(1, 33, 1, 1), new AvgPool2d(three)));
    cases.add(
        ConformanceCase.of(
            "max pool as large as its input",
            Shape.of(7, 3, 4, 4),
            new MaxPool2d(Window.square(4))));
    cases.add(
        ConformanceCase.of(
            "avg pool as large as its input",
            Shape.of(7, 3, 4, 4),
            new AvgPool2d(Window.square(4))));
    global(cases);
    return cases;
  }

  private static void indices(List<ConformanceCase> cases, Shape input) {
    for (Window window : WINDOWS) {
      for (boolean columnMajor : new boolean[] {false, true}) {
        String name = "max pool indices " + window + (columnMajor ? ", columns first" : "");
        cases.add(
            ConformanceCase.of(
                ConformanceCase.ascii(name),
                input,
                new MaxPoolIndices(window, columnMajor, columnMajor)));
      }
    }
    cases.add(
        ConformanceCase.of(
            "max pool indices of windows in the padding",
            Shape.of(1, 3, 1, 1),
            new MaxPoolIndices(Window.square(2).dilation(2).pad(1), false, false)));
  }

  private static void global(List<ConformanceCase> cases) {
    for (GlobalPool2d.Mode mode : GlobalPool2d.Mode.values()) {
      for (Shape input :
          List.of(
              Shape.of(1, 1, 1, 1),
              Shape.of(2, 17, 7, 7),
              Shape.of(1, 8, 4, 8),
              Shape.of(7, 3, 1, 5),
              Shape.of(1, 64, 3, 1))) {
        GlobalPool2d layer = new GlobalPool2d(mode);
        cases.add(
            ConformanceCase.of(ConformanceCase.ascii(layer.kind() + " " + input), input, layer));
      }
    }
  }
}
