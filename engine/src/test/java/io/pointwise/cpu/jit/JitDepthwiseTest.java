// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.pointwise.cpu.Workers;
import io.pointwise.device.Epilogue;
import io.pointwise.device.Precision;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Window;
import io.pointwise.plan.Blueprint;
import io.pointwise.tensor.Shape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JitDepthwiseTest {
  private static final List<Window> WINDOWS =
      List.of(
          Window.square(1),
          Window.square(1).stride(2),
          Window.square(3).pad(1),
          Window.square(3).pad(1).stride(2),
          Window.square(3),
          Window.square(3).dilation(2).pad(2),
          Window.square(2).pad(0, 1, 1, 0),
          Window.square(5).pad(2),
          Window.square(5).pad(2).stride(2),
          Window.square(7).pad(3).stride(3, 1),
          Window.of(1, 5).pad(0, 4, 0, 3),
          Window.of(4, 1).pad(3, 0, 2, 0).dilation(2, 1),
          Window.square(3).pad(5));
  private static final int[] CHANNELS = {8, 9, 16, 19, 40};
  private static final int[][] PLANES = {{7, 7}, {9, 10}, {8, 33}, {16, 47}};

  static List<Isa> instructionSets() throws Posix.Refused {
    return JitDevice.instructionSets().toList();
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void anyWindowMatchesTheReference(Isa isa) {
    try (JitDevice device = new JitDevice(isa, 2)) {
      PlanCheck check = new PlanCheck(device);
      for (Window window : WINDOWS) {
        for (int channels : CHANNELS) {
          for (int[] plane : PLANES) {
            check.layers(Shape.of(2, channels, plane[0], plane[1]), b -> b.depthwise(window));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void clampsAndResidualsAreFused(Isa isa) {
    try (JitDevice device = new JitDevice(isa, 1)) {
      PlanCheck check = new PlanCheck(device);
      Window same = Window.square(3).pad(1);
      Shape input = Shape.of(1, 21, 9, 23);
      check.layers(input, b -> b.depthwise(same).relu());
      check.layers(
          input,
          b -> b.depthwise(same).layer(new Activation(new ActivationFunction.Clip(-0.25f, 0.5f))));
      check.layers(input, b -> b.residual(r -> r.depthwise(same)));
      check.layers(input, b -> b.residual(r -> r.depthwise(same)).relu());
    }
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void otherActivationsTakeAPassOfTheirOwn(Isa isa) {
    Shape input = Shape.of(1, 21, 9, 23);
    Activation activation = new Activation(new ActivationFunction.HardSwish());
    try (JitDevice device = new JitDevice(isa, 1, true)) {
      PlanCheck check = new PlanCheck(device);
      for (Window window : List.of(Window.square(3).pad(1), Window.square(3))) {
        Blueprint blueprint = check.layers(input, b -> b.depthwise(window).layer(activation));
        assertEquals(3, blueprint.steps().size(), "two reorders and one convolution");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void nanComesOutWhereTheReferenceHasIt(Isa isa) {
    try (JitDevice device = new JitDevice(isa, 2)) {
      PlanCheck check = new PlanCheck(device).withSpecialInputs(0.02);
      check.layers(Shape.of(1, 21, 19, 23), b -> b.depthwise(Window.square(3).pad(1)).relu());
    }
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void whatIsNotWorthItIsRefusedWithTheReason(Isa isa) {
    try (Workers workers = new Workers(1)) {
      JitDepthwise algorithm = new JitDepthwise(new Host(isa, workers, false));
      assertEquals(
          "jit-depthwise is for one input and one output channel a group; this has 1 and 2",
          reason(algorithm, new Conv2d(64, Window.square(3), 32, true), 32));
      assertEquals(
          "jit-depthwise: 3 channels fill less than half a block of " + isa.lanes(),
          reason(algorithm, new Conv2d(3, Window.square(3), 3, true), 3));
      assertEquals(
          "jit-depthwise is for at most 256 taps, this is 17×17",
          reason(algorithm, new Conv2d(32, Window.square(17), 32, true), 32));
    }
  }

  private static String reason(JitDepthwise algorithm, Conv2d conv, int channels) {
    Shape input = Shape.of(1, channels, 40, 40);
    Step step =
        new Step(
            "conv", conv, List.of(input), conv.spec(input).output(), Epilogue.NONE, Precision.FP32);
    return assertInstanceOf(Support.No.class, algorithm.check(step)).reason();
  }
}
