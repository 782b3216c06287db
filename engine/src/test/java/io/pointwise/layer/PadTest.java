// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class PadTest {
  private static Pad pad(Pad.Mode mode, int before, int after) {
    return new Pad(List.of(before), List.of(after), mode, 7);
  }

  private static int[] sources(Pad.Mode mode, int before, int size, int after) {
    return pad(mode, before, after).sources(Shape.of(size), 0);
  }

  @Test
  void growsEveryAxis() {
    Pad pad = new Pad(List.of(0, 1, 2), List.of(3, 0, 1), Pad.Mode.CONSTANT, 0);
    assertEquals(Shape.of(5, 4, 8), pad.outputShape(List.of(Shape.of(2, 3, 5))));
    assertEquals(Shape.of(3, 1, 8), pad.outputShape(List.of(Shape.of(0, 0, 5))));
    assertEquals(
        Shape.of(),
        new Pad(List.of(), List.of(), Pad.Mode.EDGE, 0).outputShape(List.of(Shape.of())));
  }

  @Test
  void eachModeTakesItsOwnElements() {
    assertArrayEquals(new int[] {-1, -1, 0, 1, 2, -1}, sources(Pad.Mode.CONSTANT, 2, 3, 1));
    assertArrayEquals(new int[] {2, 1, 0, 1, 2, 1, 0}, sources(Pad.Mode.REFLECT, 2, 3, 2));
    assertArrayEquals(new int[] {0, 0, 0, 1, 2, 2, 2}, sources(Pad.Mode.EDGE, 2, 3, 2));
    assertArrayEquals(new int[] {1, 2, 0, 1, 2, 0, 1}, sources(Pad.Mode.WRAP, 2, 3, 2));
  }

  @Test
  void goesOnAsOftenAsItTakes() {
    assertArrayEquals(new int[] {1, 0, 1, 0, 1, 0, 1, 0}, sources(Pad.Mode.REFLECT, 3, 2, 3));
    assertArrayEquals(new int[] {0, 0, 0, 0}, sources(Pad.Mode.REFLECT, 2, 1, 1));
    assertArrayEquals(new int[] {1, 0, 1, 0, 1, 0, 1}, sources(Pad.Mode.WRAP, 3, 2, 2));
  }

  @Test
  void isNamedAfterItsMode() {
    assertEquals("pad", pad(Pad.Mode.CONSTANT, 0, 0).kind());
    assertEquals("pad-reflect", pad(Pad.Mode.REFLECT, 0, 0).kind());
  }

  @Test
  void refusesWhatCannotBePadded() {
    assertRefused(() -> pad(Pad.Mode.CONSTANT, -1, 0), "pad before=-1");
    assertRefused(() -> pad(Pad.Mode.CONSTANT, 0, -1), "pad after=-1");
    assertRefused(
        () -> new Pad(List.of(1), List.of(1, 2), Pad.Mode.CONSTANT, 0), "[1]", "[1, 2]", "number");
    assertRefused(
        () -> pad(Pad.Mode.EDGE, 1, 0).outputShape(List.of(Shape.of(0))),
        "pad-edge: axis 0 of shape 0 has nothing to add");
    assertRefused(
        () -> pad(Pad.Mode.CONSTANT, 1, 0).outputShape(List.of(Shape.of(2, 2))), "pad", "rank 1");
    assertRefused(
        () -> pad(Pad.Mode.CONSTANT, Integer.MAX_VALUE, 1).outputShape(List.of(Shape.of(1))),
        "size 2147483649 of axis 0");
  }
}
