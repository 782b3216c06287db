// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.tensor.Shape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JitLrnTest {
  private static final int[] CHANNELS = {8, 9, 15, 16, 17, 24, 33, 50};

  static List<Isa> instructionSets() throws Posix.Refused {
    return JitDevice.instructionSets().toList();
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void windowsReachIntoTheBlocksAround(Isa isa) {
    try (JitDevice device = new JitDevice(isa, 2)) {
      PlanCheck check = new PlanCheck(device);
      for (int size = 1; size <= 9; size++) {
        LocalResponseNorm layer = new LocalResponseNorm(size, 0.5f, 0.75f, 1.5f);
        for (int channels : CHANNELS) {
          check.layers(Shape.of(2, channels, 3, 7), b -> b.layer(layer));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void nanReachesJustTheChannelsOfTheWindow(Isa isa) {
    try (JitDevice device = new JitDevice(isa, 2)) {
      PlanCheck check = new PlanCheck(device).withSpecialInputs(0.03);
      LocalResponseNorm layer = new LocalResponseNorm(5, 1e-4f, 0.75f, 1);
      check.layers(Shape.of(1, 40, 9, 11), b -> b.layer(layer));
    }
  }
}
