// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolLayersTest {
  private static final Window WINDOW = Window.square(3).stride(2);
  private static final List<Shape> INPUT = List.of(Shape.of(2, 64, 112, 112));

  @Test
  void poolingKeepsTheChannels() {
    assertEquals(Shape.of(2, 64, 55, 55), new MaxPool2d(WINDOW).outputShape(INPUT));
    assertEquals(Shape.of(2, 64, 56, 56), new MaxPool2d(WINDOW, true).outputShape(INPUT));
    assertEquals(Shape.of(2, 64, 55, 55), new AvgPool2d(WINDOW).outputShape(INPUT));
    assertEquals(Shape.of(2, 64, 56, 56), new AvgPool2d(WINDOW, true, false).outputShape(INPUT));
    assertEquals(Shape.of(2, 64, 1, 1), new GlobalPool2d(GlobalPool2d.Mode.MAX).outputShape(INPUT));
  }

  @Test
  void poolingMovesBytesAndMultipliesNothing() {
    List<Layer> layers =
        List.of(
            new MaxPool2d(WINDOW), new AvgPool2d(WINDOW), new GlobalPool2d(GlobalPool2d.Mode.MAX));
    for (Layer layer : layers) {
      long elements = 2 * 64 * 112 * 112 + layer.outputShape(INPUT).elements();
      assertEquals(new Cost(0, 0, 4 * elements), layer.cost(INPUT), layer.kind());
      assertEquals(Map.of(), layer.weights(INPUT));
    }
  }

  @Test
  void poolingIsForRankFour() {
    List<Shape> matrix = List.of(Shape.of(3, 5));
    assertRefused(() -> new MaxPool2d(WINDOW).outputShape(matrix), "max-pool2d", "rank 4", "3×5");
    assertRefused(() -> new AvgPool2d(WINDOW).outputShape(matrix), "avg-pool2d", "rank 4", "3×5");
    assertRefused(
        () -> new GlobalPool2d(GlobalPool2d.Mode.MAX).outputShape(matrix),
        "global-max-pool2d",
        "rank 4");
  }

  @Test
  void globalPoolingNeedsPixels() {
    GlobalPool2d pool = new GlobalPool2d(GlobalPool2d.Mode.AVERAGE);
    assertRefused(() -> pool.outputShape(List.of(Shape.of(1, 3, 0, 5))), "ih=0", "at least 1");
    assertRefused(() -> pool.outputShape(List.of(Shape.of(1, 3, 5, 0))), "iw=0", "at least 1");
  }

  @Test
  void kindsAreTheFieldsNames() {
    assertEquals("max-pool2d", new MaxPool2d(WINDOW).kind());
    assertEquals("avg-pool2d", new AvgPool2d(WINDOW).kind());
    assertEquals("global-avg-pool2d", new GlobalPool2d(GlobalPool2d.Mode.AVERAGE).kind());
    assertEquals("global-max-pool2d", new GlobalPool2d(GlobalPool2d.Mode.MAX).kind());
  }

  @Test
  void maxPoolIndicesHaveTheShapeOfThePool() {
    Window window = Window.square(3).stride(2).pad(1);
    Shape image = Shape.of(2, 3, 8, 9);
    for (boolean ceilMode : new boolean[] {false, true}) {
      assertEquals(
          new MaxPool2d(window, ceilMode).outputShape(List.of(image)),
          new MaxPoolIndices(window, ceilMode, false).outputShape(List.of(image)));
    }
    assertRefused(
        () ->
            new MaxPoolIndices(window, false, false)
                .outputShape(List.of(Shape.of(1, 1, 1 << 12, (1 << 12) + 1))),
        "max-pool2d-indices",
        "float32");
  }
}
