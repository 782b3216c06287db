// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConvTranspose2dTest {
  /** The convolution of the same window leads from the output back to the input's size. */
  // The ranges are so small that their ends come up anyway.
  @Property(edgeCases = EdgeCasesMode.NONE)
  void undoesTheShapeOfTheConvolution(
      @ForAll @IntRange(min = 1, max = 20) int ih,
      @ForAll @IntRange(min = 1, max = 20) int iw,
      @ForAll @IntRange(min = 1, max = 5) int k,
      @ForAll @IntRange(min = 1, max = 4) int stride,
      @ForAll @IntRange(max = 2) int pad,
      @ForAll @IntRange(max = 3) int outputPad,
      @ForAll @IntRange(min = 1, max = 2) int dilation) {
    Assume.that(outputPad < stride);
    Window window = Window.square(k).stride(stride).pad(pad, 0, 0, pad).dilation(dilation);
    int oh = (ih - 1) * stride + dilation * (k - 1) + 1 + outputPad - pad;
    int ow = (iw - 1) * stride + dilation * (k - 1) + 1 + outputPad - pad;
    Assume.that(oh > 0 && ow > 0);
    Shape image = Shape.of(2, 3, ih, iw);
    ConvTranspose2d layer = new ConvTranspose2d(4, window, outputPad, outputPad, 1, true);
    Shape output = layer.outputShape(List.of(image));
    assertEquals(Shape.of(2, 4, oh, ow), output);
    assertEquals(image, new Conv2d(3, window).outputShape(List.of(output)));
  }

  @Test
  void doublesAnImageAtStrideTwo() {
    List<Shape> input = List.of(Shape.of(1, 8, 7, 7));
    ConvTranspose2d layer = new ConvTranspose2d(4, Window.square(2).stride(2));
    assertEquals(Shape.of(1, 4, 14, 14), layer.outputShape(input));
    assertEquals(
        Map.of(Role.WEIGHT, Shape.of(8, 4, 2, 2), Role.BIAS, Shape.of(4)), layer.weights(input));
    assertEquals(8 * 4 * 4 + 4, layer.cost(input).parameters());
    assertEquals(8 * 49 * 4 * 4, layer.cost(input).macs());
  }

  @Test
  void splitsItsFiltersByGroups() {
    List<Shape> input = List.of(Shape.of(1, 8, 5, 5));
    ConvTranspose2d layer = new ConvTranspose2d(6, Window.square(3), 0, 0, 2, false);
    assertEquals(Map.of(Role.WEIGHT, Shape.of(8, 3, 3, 3)), layer.weights(input));
    assertEquals(8 * 25 * 3 * 9, layer.macs(input));
  }

  @Test
  void refusesWhatCannotBe() {
    Window window = Window.square(3);
    assertRefused(() -> new ConvTranspose2d(0, window), "oc=0", "at least 1");
    assertRefused(() -> new ConvTranspose2d(4, window, -1, 0, 1, true), "outputPadH=-1");
    assertRefused(() -> new ConvTranspose2d(4, window, 0, -1, 1, true), "outputPadW=-1");
    assertRefused(() -> new ConvTranspose2d(4, window, 0, 0, 0, true), "groups=0");
    assertRefused(
        () -> new ConvTranspose2d(4, window, 0, 0, 3, true), "groups=3 does not divide oc=4");
    ConvTranspose2d layer = new ConvTranspose2d(6, window, 0, 0, 3, true);
    assertRefused(
        () -> layer.outputShape(List.of(Shape.of(1, 4, 5, 5))), "groups=3 does not divide ic=4");
    assertRefused(() -> layer.outputShape(List.of(Shape.of(3, 5, 5))), "rank 4", "3×5×5");
    assertRefused(
        () -> new ConvTranspose2d(1, window.pad(2)).outputShape(List.of(Shape.of(1, 1, 1, 9))),
        "output height -1 is outside 1..");
  }

  @Test
  void refusesTheSameInputsWhateverItIsAsked() {
    ConvTranspose2d layer = new ConvTranspose2d(4, Window.square(3));
    for (Shape bad : List.of(Shape.of(5), Shape.of(0, 3, 5, 5), Shape.of(1, 3, 0, 5))) {
      assertRefused(() -> layer.outputShape(List.of(bad)));
      assertRefused(() -> layer.weights(List.of(bad)));
      assertRefused(() -> layer.macs(List.of(bad)));
      assertRefused(() -> layer.cost(List.of(bad)));
    }
  }

  @Test
  void refusesAnOutputOverTheLimit() {
    Window window = Window.square(1).stride(1 << 20);
    assertRefused(
        () -> new ConvTranspose2d(1, window).outputShape(List.of(Shape.of(1, 1, 1 << 12, 1))),
        "outside 1.." + Integer.MAX_VALUE);
  }
}
