// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.Layer;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JitPoolTest {
  private static final List<Window> WINDOWS =
      List.of(
          Window.square(2).stride(2),
          Window.square(3).stride(2),
          Window.square(3).stride(2).pad(1),
          Window.square(3).pad(1),
          Window.square(5).stride(3).pad(2),
          Window.square(7),
          Window.of(1, 3).pad(0, 2, 0, 1),
          Window.of(3, 2).pad(2, 1, 0, 1).stride(1, 3),
          Window.square(2).dilation(3).pad(2));
  private static final int[] CHANNELS = {9, 16, 35};
  private static final int[][] PLANES = {{7, 7}, {9, 10}, {8, 33}, {14, 47}};

  static List<Isa> instructionSets() throws Posix.Refused {
    return JitDevice.instructionSets().toList();
  }

  private static List<Layer> layers(Window window) {
    return List.of(
        new MaxPool2d(window, false),
        new MaxPool2d(window, true),
        new AvgPool2d(window, false, false),
        new AvgPool2d(window, true, false),
        new AvgPool2d(window, false, true),
        new AvgPool2d(window, true, true));
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void anyWindowMatchesTheReference(Isa isa) {
    try (JitDevice device = new JitDevice(isa, 2)) {
      PlanCheck check = new PlanCheck(device);
      for (Window window : WINDOWS) {
        for (Layer layer : layers(window)) {
          for (int channels : CHANNELS) {
            for (int[] plane : PLANES) {
              check.layers(Shape.of(2, channels, plane[0], plane[1]), b -> b.layer(layer));
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void nanWinsTheMaximumWhereverItIs(Isa isa) {
    try (JitDevice device = new JitDevice(isa, 2)) {
      for (double share : new double[] {0.01, 0.3, 1}) {
        PlanCheck check = new PlanCheck(device).withSpecialInputs(share);
        for (Window window : WINDOWS) {
          check.layers(Shape.of(1, 19, 11, 29), b -> b.layer(new MaxPool2d(window)));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void windowsWhollyInThePaddingGiveNothing(Isa isa) {
    Window window = Window.square(2).dilation(3).pad(3);
    try (JitDevice device = new JitDevice(isa, 1)) {
      PlanCheck check = new PlanCheck(device);
      for (Layer layer : layers(window)) {
        check.layers(Shape.of(1, 17, 1, 1), b -> b.layer(layer));
      }
    }
  }
}
