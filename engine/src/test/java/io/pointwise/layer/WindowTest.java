// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WindowTest {
  /** Puts the window at each start in turn, as long as it ends within the padded input. */
  // The ranges are so small that their ends come up anyway.
  @Property(edgeCases = EdgeCasesMode.NONE)
  void givesOneOutputForEachPlaceWhereItFits(
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @IntRange(min = 1, max = 7) int k,
      @ForAll @IntRange(min = 1, max = 5) int stride,
      @ForAll @IntRange(max = 6) int before,
      @ForAll @IntRange(max = 6) int after,
      @ForAll @IntRange(min = 1, max = 4) int dilation) {
    int places = 0;
    for (int start = 0; lastTap(start, k, dilation) < before + size + after; start += stride) {
      places++;
    }
    Window rows = Window.of(k, 1).stride(stride, 1).pad(before, 0, after, 0).dilation(dilation, 1);
    Window columns =
        Window.of(1, k).stride(1, stride).pad(0, before, 0, after).dilation(1, dilation);
    if (places == 0) {
      assertRefused(() -> rows.outH(size), "kh=" + k, "height " + (before + size + after));
      assertRefused(() -> columns.outW(size), "kw=" + k, "width " + (before + size + after));
    } else {
      assertEquals(places, rows.outH(size));
      assertEquals(places, columns.outW(size));
    }
  }

  private static int lastTap(int start, int k, int dilation) {
    return start + dilation * (k - 1);
  }

  @Property
  void paddedSameKeepsTheSizeAndPutsTheOddOneAtTheEnd(
      @ForAll @IntRange(min = 1, max = 50) int size,
      @ForAll @IntRange(min = 1, max = 11) int k,
      @ForAll @IntRange(min = 1, max = 5) int dilation) {
    Window window = Window.square(k).dilation(dilation).padSame();
    assertEquals(size, window.outH(size));
    assertEquals(size, window.outW(size));
    int difference = window.padBottom() - window.padTop();
    assertTrue(difference == 0 || difference == 1, window.toString());
    assertEquals(window.padTop(), window.padLeft());
    assertEquals(window.padBottom(), window.padRight());
  }

  @Test
  void knowsItsExtentAndItsTaps() {
    Window window = Window.of(3, 5).dilation(4, 2);
    assertEquals(9, window.extentH());
    assertEquals(9, window.extentW());
    assertEquals(15, window.taps());
  }

  @Test
  void isPointwiseForOneTapAtStrideOneWithoutPadding() {
    assertTrue(Window.square(1).isPointwise());
    assertTrue(Window.square(1).dilation(3).isPointwise(), "one tap has nothing to dilate");
    assertFalse(Window.square(1).stride(2).isPointwise());
    assertFalse(Window.square(1).pad(0, 0, 0, 1).isPointwise());
    assertFalse(Window.of(1, 2).isPointwise());
  }

  @Test
  void refusesSizesBelowTheirLimit() {
    assertRefused(() -> Window.of(0, 1), "kh=0", "at least 1");
    assertRefused(() -> Window.of(1, -2), "kw=-2", "at least 1");
    assertRefused(() -> Window.square(3).stride(0, 1), "strideH=0", "at least 1");
    assertRefused(() -> Window.square(3).stride(1, -1), "strideW=-1", "at least 1");
    assertRefused(() -> Window.square(3).pad(-1, 0, 0, 0), "padTop=-1", "at least 0");
    assertRefused(() -> Window.square(3).pad(0, -1, 0, 0), "padLeft=-1", "at least 0");
    assertRefused(() -> Window.square(3).pad(0, 0, -1, 0), "padBottom=-1", "at least 0");
    assertRefused(() -> Window.square(3).pad(0, 0, 0, -1), "padRight=-1", "at least 0");
    assertRefused(() -> Window.square(3).dilation(0, 1), "dilationH=0", "at least 1");
    assertRefused(() -> Window.square(3).dilation(1, 0), "dilationW=0", "at least 1");
  }

  @Test
  void tellsTheDilationOfAKernelThatDoesNotFit() {
    assertRefused(
        () -> Window.square(3).dilation(4).pad(1).outH(6),
        "kh=3 with dilation 4 (spans 9) is larger than the padded input height 8");
  }

  @Test
  void doesNotOverflowOnHugeSizes() {
    int huge = Integer.MAX_VALUE;
    assertEquals((long) huge * (huge - 1L) + 1, Window.square(huge).dilation(huge).extentH());
    assertRefused(() -> Window.square(huge).dilation(huge).padSame(), "over the limit " + huge);
    assertRefused(
        () -> Window.square(1).pad(huge).outH(huge), 3L * huge + "", "over the limit " + huge);
    assertEquals(huge, Window.square(1).outH(huge));
  }

  @Test
  void saysWhatDiffersFromThePlain() {
    assertEquals("1×1", Window.square(1).toString());
    assertEquals("7×7 stride 2 pad 3", Window.square(7).stride(2).pad(3).toString());
    assertEquals(
        "3×5 stride 2×1 pad 0,1,2,3 dilation 2×4",
        Window.of(3, 5).stride(2, 1).pad(0, 1, 2, 3).dilation(2, 4).toString());
  }

  @Test
  void refusalsAreIllegalArguments() {
    assertThrows(IllegalArgumentException.class, () -> Window.square(0));
  }
}
