// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.pointwise.device.DeviceInfo;
import io.pointwise.device.Epilogue;
import io.pointwise.device.Precision;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Window;
import io.pointwise.layer.Winograd;
import io.pointwise.opencl.host.DeviceFacts;
import io.pointwise.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which formula goes first, on a CPU with vectors of 512 bits and on a GPU. */
class WinogradCostTest {
  private static DeviceFacts facts(DeviceInfo.Type type) {
    return new DeviceFacts(
        "", "", "", "", "", type, 1L << 33, 1L << 32, 4096, 2, 16, false, true, 64);
  }

  private static Support answer(Winograd formula, DeviceInfo.Type type, int channels, int size) {
    Shape shape = Shape.of(1, channels, size, size);
    Step step =
        new Step(
            "conv",
            new Conv2d(channels, Window.square(3).padSame()),
            List.of(shape),
            shape,
            Epilogue.NONE,
            Precision.FP32);
    return new WinogradConvolving(formula, facts(type)).accept(step);
  }

  private static boolean goesFirst(Winograd formula, int channels, int size) {
    Support.Yes yes =
        assertInstanceOf(Support.Yes.class, answer(formula, DeviceInfo.Type.CPU, channels, size));
    return yes.reluctance().isEmpty();
  }

  @Test
  void largeTilesAreForLargeImages() {
    assertEquals(true, goesFirst(Winograd.F4, 64, 56));
    assertEquals(false, goesFirst(Winograd.F2, 64, 56));
  }

  @Test
  void smallTilesAreForSmallImages() {
    assertEquals(false, goesFirst(Winograd.F4, 256, 14));
    assertEquals(true, goesFirst(Winograd.F2, 256, 14));
  }

  @Test
  void manyWeightsForFewPixelsAreSummedDirectly() {
    assertEquals(false, goesFirst(Winograd.F4, 512, 7));
    assertEquals(false, goesFirst(Winograd.F2, 512, 7));
  }

  @Test
  void onAGpuNothingHasBeenMeasured() {
    Support.Yes yes =
        assertInstanceOf(Support.Yes.class, answer(Winograd.F4, DeviceInfo.Type.GPU, 64, 56));
    assertNotEquals("", yes.reluctance());
  }

  @Test
  void weightsThatNoArrayHoldsAreRefused() {
    assertInstanceOf(Support.No.class, answer(Winograd.F4, DeviceInfo.Type.CPU, 8192, 14));
  }
}
