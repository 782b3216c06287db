// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Transposed convolutions. */
final class TransposedCases {
  private TransposedCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (int k : new int[] {1, 2, 3, 4}) {
      cases.add(transposed(Shape.of(1, 5, 4, 6), new ConvTranspose2d(7, Window.square(k))));
      cases.add(
          transposed(Shape.of(2, 5, 4, 3), new ConvTranspose2d(7, Window.square(k).stride(2))));
    }
    Window three = Window.square(3);
    cases.add(
        transposed(
            Shape.of(1, 6, 5, 4), new ConvTranspose2d(6, three.stride(2).pad(1), 1, 1, 1, true)));
    cases.add(
        transposed(
            Shape.of(1, 6, 5, 4),
            new ConvTranspose2d(6, three.stride(3).pad(0, 1, 2, 0), 2, 0, 1, true)));
    cases.add(
        transposed(Shape.of(1, 6, 5, 4), new ConvTranspose2d(9, three.dilation(2), 0, 0, 3, true)));
    cases.add(
        transposed(
            Shape.of(2, 6, 3, 3), new ConvTranspose2d(4, three.stride(2, 1), 0, 0, 2, false)));
    cases.add(
        transposed(
            Shape.of(1, 8, 5, 5),
            new ConvTranspose2d(8, Window.square(4).stride(2).pad(1), 0, 0, 8, true)));
    cases.add(transposed(Shape.of(1, 3, 1, 1), new ConvTranspose2d(2, Window.of(2, 5))));
    return cases;
  }

  private static ConformanceCase transposed(Shape input, ConvTranspose2d layer) {
    String name =
        "transposed conv "
            + input
            + " to "
            + layer.oc()
            + ", "
            + layer.window()
            + (layer.outputPadH() + layer.outputPadW() == 0
                ? ""
                : " output pad " + layer.outputPadH() + "," + layer.outputPadW())
            + (layer.groups() == 1 ? "" : " groups " + layer.groups())
            + (layer.bias() ? "" : " no bias");
    return ConformanceCase.of(ConformanceCase.ascii(name), input, layer);
  }
}
