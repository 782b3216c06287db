// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatherTest {
  private static Shape gather(int axis, Shape data, Shape indices) {
    return new Gather(axis).outputShape(List.of(data, indices));
  }

  private static Shape elements(int axis, Shape data, Shape indices) {
    return new GatherElements(axis).outputShape(List.of(data, indices));
  }

  @Test
  void gatherPutsTheIndicesInPlaceOfTheAxis() {
    assertEquals(Shape.of(2, 4, 6, 5), gather(1, Shape.of(2, 3, 5), Shape.of(4, 6)));
    assertEquals(Shape.of(2, 5), gather(-2, Shape.of(2, 3, 5), Shape.of()));
    assertEquals(Shape.of(0), gather(0, Shape.of(3), Shape.of(0)));
    assertEquals("gather", new Gather(0).kind());
  }

  @Test
  void gatherRefusesWhatIsNotThere() {
    assertRefused(() -> gather(2, Shape.of(2, 3), Shape.of(1)), "gather: axis 2", "rank 2");
    assertRefused(
        () -> gather(0, Shape.of((1 << 24) + 1), Shape.of(1)), "gather: 16777217 indices");
    assertRefused(
        () -> new Gather(0).outputShape(List.of(Shape.of(2))), "gather takes 2 inputs, got 1");
  }

  @Test
  void gatherElementsHasTheShapeOfItsIndices() {
    assertEquals(Shape.of(2, 9), elements(1, Shape.of(3, 4), Shape.of(2, 9)));
    assertEquals(Shape.of(0, 4), elements(0, Shape.of(3, 4), Shape.of(0, 4)));
    assertEquals("gather-elements", new GatherElements(0).kind());
  }

  @Test
  void gatherElementsRefusesIndicesThatDoNotFit() {
    assertRefused(
        () -> elements(1, Shape.of(3, 4), Shape.of(4, 4)),
        "gather-elements: indices of shape 4×4 do not fit data of shape 3×4");
    assertRefused(() -> elements(0, Shape.of(3, 4), Shape.of(3)), "shape 3 do not fit");
    assertRefused(() -> elements(-3, Shape.of(3, 4), Shape.of(3, 4)), "axis -3");
  }
}
