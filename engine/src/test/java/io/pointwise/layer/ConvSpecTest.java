// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.tensor.Shape;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConvSpecTest {
  private static final int MAX = Integer.MAX_VALUE;
  private static final Window ONE = Window.square(1);
  private static final Window THREE = Window.square(3).padSame();

  @Test
  void pointwise512To32On12By12() {
    ConvSpec spec = ConvSpec.pointwise(1, 512, 12, 12, 32);
    assertEquals(512 * 32 + 32, spec.params());
    assertEquals(16_416, spec.params());
    assertEquals(512L * 32 * 144, spec.macs());
    assertEquals(2_359_296, spec.macs());
    assertEquals(4 * (512 * 144 + 16_416 + 32 * 144), spec.bytes());
    assertEquals(new Cost(16_416, 2_359_296, spec.bytes()), spec.cost());
    assertEquals(Shape.of(1, 32, 12, 12), spec.output());
    assertEquals(Shape.of(32, 512, 1, 1), spec.weight());
    assertTrue(spec.isPointwise());
  }

  @Test
  void threeByThreeCostsNineTimesTheMacs() {
    ConvSpec spec = new ConvSpec(1, 512, 12, 12, 32, THREE, 1, true);
    assertEquals(9 * 512 * 32 + 32, spec.params());
    assertEquals(147_488, spec.params());
    assertEquals(9L * 2_359_296, spec.macs());
    assertEquals(21_233_664, spec.macs());
    assertEquals(Shape.of(1, 32, 12, 12), spec.output());
    assertFalse(spec.isPointwise());
  }

  /** Counts one multiplication after the other. */
  // The ranges are so small that their ends come up anyway.
  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void macsAreTheMultiplicationsOfTheSum(
      @ForAll @IntRange(min = 1, max = 2) int n,
      @ForAll @IntRange(min = 1, max = 3) int groups,
      @ForAll @IntRange(min = 1, max = 3) int icPerGroup,
      @ForAll @IntRange(min = 1, max = 3) int ocPerGroup,
      @ForAll @IntRange(min = 3, max = 7) int ih,
      @ForAll @IntRange(min = 1, max = 3) int kh,
      @ForAll @IntRange(min = 1, max = 2) int stride,
      @ForAll boolean bias) {
    int iw = ih + 1;
    Window window = Window.of(kh, 2).stride(stride);
    ConvSpec spec =
        new ConvSpec(n, groups * icPerGroup, ih, iw, groups * ocPerGroup, window, groups, bias);
    long macs = 0;
    for (int image = 0; image < n; image++) {
      for (int o = 0; o < spec.oc(); o++) {
        for (int row = 0; row + kh <= ih; row += stride) {
          for (int column = 0; column + 2 <= iw; column += stride) {
            macs += (long) icPerGroup * kh * 2;
          }
        }
      }
    }
    assertEquals(macs, spec.macs());
    assertEquals((long) spec.oc() * icPerGroup * kh * 2 + (bias ? spec.oc() : 0), spec.params());
    assertEquals(macs, spec.output().elements() * spec.reduction());
    assertEquals(macs, GemmShape.of(spec).macs());
    assertEquals(icPerGroup, spec.icPerGroup());
    assertEquals(ocPerGroup, spec.ocPerGroup());
  }

  @Test
  void isDepthwiseWithOneInputChannelAGroup() {
    assertTrue(new ConvSpec(1, 8, 5, 5, 8, THREE, 8, false).isDepthwise());
    assertTrue(new ConvSpec(1, 8, 5, 5, 16, THREE, 8, false).isDepthwise());
    assertFalse(new ConvSpec(1, 8, 5, 5, 8, THREE, 4, false).isDepthwise());
    assertFalse(new ConvSpec(1, 1, 5, 5, 8, THREE, 1, false).isDepthwise());
  }

  @Test
  void refusesSizesBelowOne() {
    assertRefused(() -> new ConvSpec(0, 1, 1, 1, 1, ONE, 1, true), "n=0", "at least 1");
    assertRefused(() -> new ConvSpec(1, 0, 1, 1, 1, ONE, 1, true), "ic=0", "at least 1");
    assertRefused(() -> new ConvSpec(1, 1, -3, 1, 1, ONE, 1, true), "ih=-3", "at least 1");
    assertRefused(() -> new ConvSpec(1, 1, 1, 0, 1, ONE, 1, true), "iw=0", "at least 1");
    assertRefused(() -> new ConvSpec(1, 1, 1, 1, 0, ONE, 1, true), "oc=0", "at least 1");
    assertRefused(() -> new ConvSpec(1, 1, 1, 1, 1, ONE, 0, true), "groups=0", "at least 1");
  }

  @Test
  void refusesGroupsThatDoNotDivideTheChannels() {
    assertRefused(
        () -> new ConvSpec(1, 4, 5, 5, 6, THREE, 3, true), "groups=3 does not divide ic=4");
    assertRefused(
        () -> new ConvSpec(1, 6, 5, 5, 4, THREE, 3, true), "groups=3 does not divide oc=4");
  }

  @Test
  void refusesAKernelLargerThanThePaddedInput() {
    assertRefused(
        () -> new ConvSpec(1, 1, 4, 9, 1, Window.square(7).pad(1), 1, true),
        "kh=7 is larger than the padded input height 6");
    assertRefused(
        () -> new ConvSpec(1, 1, 9, 4, 1, Window.square(7).pad(1), 1, true),
        "kw=7 is larger than the padded input width 6");
  }

  @Test
  void refusesInputsOutputsAndWeightsThatOverflow() {
    assertRefused(
        () -> new ConvSpec(MAX, MAX, MAX, 1, 1, ONE, 1, true), "more than", "elements", MAX + "");
    assertRefused(
        () -> new ConvSpec(1 << 20, 1, 1 << 20, 1 << 18, 1 << 20, ONE, 1, true), "elements");
    assertRefused(
        () -> new ConvSpec(1, MAX, 1 << 10, 1 << 10, MAX, Window.square(1 << 10), 1, true),
        "number of weights overflows");
  }

  @Test
  void refusesMacsThatOverflowThoughEveryTensorFits() {
    // 2^50 outputs of 2^20 terms each.
    assertRefused(
        () -> new ConvSpec(1 << 20, 1 << 20, 1 << 10, 1, 1 << 20, ONE, 1, true),
        "number of MACs overflows");
  }

  @Test
  void refusesBytesThatOverflowThoughEveryTensorFits() {
    // Input and output of 2^60 elements each: 2^62 bytes each, 2^63 together.
    assertRefused(
        () -> new ConvSpec(1 << 30, 1, 1 << 30, 1, 1, ONE, 1, true), "number of bytes overflows");
  }

  @Test
  void countsInLongs() {
    ConvSpec spec = ConvSpec.pointwise(64, 2048, 128, 128, 2048);
    assertEquals(64L * 2048 * 128 * 128, spec.output().elements());
    assertEquals(64L * 2048 * 128 * 128 * 2048, spec.macs());
  }
}
