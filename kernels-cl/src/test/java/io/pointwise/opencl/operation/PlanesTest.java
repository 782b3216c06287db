// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each tap at each output position is the padded input's element that the definition names. */
final class PlanesTest {
  private static final List<Window> WINDOWS =
      List.of(
          Window.square(1),
          Window.square(1).stride(2),
          Window.square(3).pad(1),
          Window.square(3).stride(2).pad(1),
          Window.of(3, 5).stride(2, 3).pad(2, 0, 1, 4),
          Window.square(3).dilation(2).pad(2),
          Window.square(2).stride(3).dilation(3).pad(1),
          Window.of(1, 4).stride(1, 4));

  @Test
  void tapsAreConstantDistances() {
    for (Window window : WINDOWS) {
      check(Planes.of(new ConvSpec(1, 1, 9, 11, 1, window, 1, false)));
    }
  }

  private static void check(Planes planes) {
    ConvSpec spec = planes.spec();
    Window window = spec.window();
    for (int r = 0; r < spec.oh(); r++) {
      for (int c = 0; c < spec.ow(); c++) {
        long position = r * planes.columns() + c;
        assertTrue(position < planes.positions(), window::toString);
        for (int p = 0; p < window.kh(); p++) {
          for (int q = 0; q < window.kw(); q++) {
            long at = position + planes.offsets().get(p * window.kw() + q);
            assertTrue(at < planes.channel(), window::toString);
            long plane = at / planes.columns() / planes.rows();
            long rowPhase = planes.rowPhases().get((int) plane / planes.columnPhases().size());
            long columnPhase =
                planes.columnPhases().get((int) plane % planes.columnPhases().size());
            long row = at / planes.columns() % planes.rows() * window.strideH() + rowPhase;
            long column = at % planes.columns() * window.strideW() + columnPhase;
            assertEquals(r * window.strideH() + p * window.dilationH(), row, window::toString);
            assertEquals(c * window.strideW() + q * window.dilationW(), column, window::toString);
          }
        }
      }
    }
  }

  @Test
  void aPointwiseConvolutionReadsTheInput() {
    Planes planes = Planes.of(ConvSpec.pointwise(2, 3, 5, 7, 4));
    assertTrue(planes.isInput());
    assertEquals(List.of(0L), planes.offsets());
    assertEquals(35, planes.channel());
    assertEquals(35, planes.positions());
  }
}
