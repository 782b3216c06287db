// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.layer.GlobalPool2d;
import io.pointwise.tensor.Shape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JitGlobalPoolTest {
  private static final int[] CHANNELS = {8, 9, 16, 31, 64, 77};
  private static final int[][] PLANES = {{1, 1}, {1, 3}, {2, 4}, {3, 3}, {7, 7}, {13, 17}};

  static List<Isa> instructionSets() throws Posix.Refused {
    return JitDevice.instructionSets().toList();
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void everyChannelIsPooledByItself(Isa isa) {
    for (double special : new double[] {0, 0.02}) {
      try (JitDevice device = new JitDevice(isa, 2)) {
        PlanCheck check = new PlanCheck(device).withSpecialInputs(special);
        for (GlobalPool2d.Mode mode : GlobalPool2d.Mode.values()) {
          for (int channels : CHANNELS) {
            for (int[] plane : PLANES) {
              check.layers(
                  Shape.of(3, channels, plane[0], plane[1]), b -> b.layer(new GlobalPool2d(mode)));
            }
          }
        }
      }
    }
  }
}
