// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.tensor.Shape;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PoolSpecTest {
  private static PoolSpec rows(int size, Window window, boolean ceilMode) {
    return new PoolSpec(1, 1, size, 1, window, ceilMode);
  }

  /**
   * Walks the windows from the start. Floor mode takes those that end within the padded input; ceil
   * mode goes on until one reaches its end, and drops that one where it starts behind the input.
   */
  // The ranges are so small that their ends come up anyway.
  @Property(edgeCases = EdgeCasesMode.NONE)
  void givesOneOutputForEachWindow(
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @IntRange(min = 1, max = 6) int k,
      @ForAll @IntRange(min = 1, max = 7) int stride,
      @ForAll @IntRange(max = 5) int before,
      @ForAll @IntRange(max = 5) int after,
      @ForAll @IntRange(min = 1, max = 3) int dilation) {
    int extent = dilation * (k - 1) + 1;
    int padded = before + size + after;
    Assume.that(before < extent && after < extent && extent <= padded);
    int whole = 0;
    int start = 0;
    while (start + extent <= padded) {
      whole++;
      start += stride;
    }
    boolean endReached = start - stride + extent == padded;
    boolean startsWithin = start < before + size;
    int partial = !endReached && startsWithin ? 1 : 0;

    Window rows = Window.of(k, 1).stride(stride, 1).pad(before, 0, after, 0).dilation(dilation, 1);
    assertEquals(whole, new PoolSpec(1, 1, size, 1, rows, false).oh());
    assertEquals(whole + partial, new PoolSpec(1, 1, size, 1, rows, true).oh());
    Window columns =
        Window.of(1, k).stride(1, stride).pad(0, before, 0, after).dilation(1, dilation);
    assertEquals(whole, new PoolSpec(1, 1, 1, size, columns, false).ow());
    assertEquals(whole + partial, new PoolSpec(1, 1, 1, size, columns, true).ow());
  }

  @Test
  void ceilModeAddsTheWindowThatGoogLeNetNeeds() {
    Window window = Window.square(3).stride(2);
    assertEquals(Shape.of(1, 64, 55, 55), new PoolSpec(1, 64, 112, 112, window, false).output());
    assertEquals(Shape.of(1, 64, 56, 56), new PoolSpec(1, 64, 112, 112, window, true).output());
  }

  @Test
  void ceilModeDropsAWindowThatWouldStartBehindTheInput() {
    Window window = Window.of(2, 1).stride(3, 1).pad(1, 0, 1, 0);
    // Starts are 0, 3, 6 of a padded 2 + 5 = 7; the third would begin in the trailing padding.
    assertEquals(2, rows(5, window, true).oh());
    assertEquals(2, rows(5, window, false).oh());
  }

  @Test
  void refusesSizesBelowOne() {
    Window window = Window.square(1);
    assertRefused(() -> new PoolSpec(0, 1, 1, 1, window, false), "n=0", "at least 1");
    assertRefused(() -> new PoolSpec(1, 0, 1, 1, window, false), "c=0", "at least 1");
    assertRefused(() -> new PoolSpec(1, 1, 0, 1, window, false), "ih=0", "at least 1");
    assertRefused(() -> new PoolSpec(1, 1, 1, 0, window, false), "iw=0", "at least 1");
  }

  @Test
  void refusesPaddingAsLargeAsTheKernel() {
    Window window = Window.of(2, 3);
    assertRefused(
        () -> new PoolSpec(1, 1, 9, 9, window.pad(2, 0, 0, 0), false),
        "padTop=2 must be less than the kernel height 2");
    assertRefused(
        () -> new PoolSpec(1, 1, 9, 9, window.pad(0, 0, 4, 0), true),
        "padBottom=4 must be less than the kernel height 2");
    assertRefused(
        () -> new PoolSpec(1, 1, 9, 9, window.pad(0, 3, 0, 0), false),
        "padLeft=3 must be less than the kernel width 3");
    assertRefused(
        () -> new PoolSpec(1, 1, 9, 9, window.pad(0, 0, 0, 3), false),
        "padRight=3 must be less than the kernel width 3");
  }

  @Test
  void refusesAKernelLargerThanThePaddedInputInBothModes() {
    for (boolean ceilMode : new boolean[] {false, true}) {
      assertRefused(() -> rows(4, Window.of(5, 1), ceilMode), "kh=5", "height 4");
    }
  }

  @Test
  void refusesShapesThatOverflow() {
    int max = Integer.MAX_VALUE;
    assertRefused(() -> new PoolSpec(max, max, max, 1, Window.square(1), false), "elements");
    Window padded = Window.square(4).pad(3);
    assertRefused(() -> new PoolSpec(1 << 30, 1 << 30, 1, 1, padded, false), "elements");
  }

  /** Input and floor-mode output have 2^60 elements; ceil mode doubles that. */
  @Test
  void refusesAnOutputThatOverflowsInCeilModeOnly() {
    Window window = Window.of(1, 3).stride(1, 2).pad(0, 2, 0, 1);
    assertEquals(1, new PoolSpec(1 << 30, 1 << 30, 1, 1, window, false).ow());
    assertRefused(() -> new PoolSpec(1 << 30, 1 << 30, 1, 1, window, true), "2]", "elements");
  }
}
