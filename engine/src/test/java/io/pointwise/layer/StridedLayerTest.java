// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StridedLayerTest {
  private static Shape shape(StridedLayer layer, Shape input) {
    return layer.outputShape(List.of(input));
  }

  /** For each output element, which of the input's it is. */
  private static long[] sources(StridedLayer layer, Shape input) {
    StridedMap map = layer.map(input);
    return LongStream.range(0, map.output().elements()).map(map::source).toArray();
  }

  @Test
  void transposeReordersTheAxes() {
    Transpose transpose = new Transpose(List.of(2, 0, 1));
    assertEquals(Shape.of(4, 2, 3), shape(transpose, Shape.of(2, 3, 4)));
    assertArrayEquals(
        new long[] {0, 4, 8, 12, 16, 20, 1, 5},
        Arrays.copyOf(sources(transpose, Shape.of(2, 3, 4)), 8));
    assertEquals(Shape.of(), shape(new Transpose(List.of()), Shape.of()));
    assertEquals(Shape.of(3, 0), shape(new Transpose(List.of(1, 0)), Shape.of(0, 3)));
  }

  @Test
  void transposeRefusesWhatIsNoPermutation() {
    assertRefused(() -> new Transpose(List.of(0, 2)), "[0, 2]", "axis 1 is missing");
    assertRefused(() -> new Transpose(List.of(1, 1)), "axis 0 is missing");
    assertRefused(
        () -> shape(new Transpose(List.of(1, 0)), Shape.of(2, 3, 4)),
        "transpose",
        "rank 2",
        "2×3×4");
  }

  @Test
  void sliceStepsForwardsAndBackwards() {
    Slice slice = new Slice(List.of(1, 3), List.of(1, -2), List.of(2, 2));
    assertEquals(Shape.of(2, 2), shape(slice, Shape.of(3, 4)));
    assertArrayEquals(new long[] {7, 5, 11, 9}, sources(slice, Shape.of(3, 4)));
  }

  @Test
  void sliceOfNothingMayStartAnywhere() {
    Slice slice = new Slice(List.of(9, 0), List.of(1, 1), List.of(0, 2));
    assertEquals(Shape.of(0, 2), shape(slice, Shape.of(3, 4)));
    assertEquals(Shape.of(0, 2), shape(slice, Shape.of(0, 4)));
  }

  @Test
  void sliceRefusesWhatIsOutside() {
    assertRefused(() -> new Slice(List.of(0), List.of(0), List.of(1)), "step of axis 0 is 0");
    assertRefused(() -> new Slice(List.of(0), List.of(1), List.of(-1)), "size of axis 0=-1");
    assertRefused(() -> new Slice(List.of(0), List.of(1, 1), List.of(1)), "differ in number");
    assertRefused(
        () -> shape(new Slice(List.of(1), List.of(2), List.of(3)), Shape.of(5)),
        "elements 1 to 5 of axis 0 are outside shape 5");
    assertRefused(
        () -> shape(new Slice(List.of(1), List.of(-1), List.of(3)), Shape.of(5)),
        "elements 1 to -1");
    assertRefused(
        () -> shape(new Slice(List.of(0), List.of(1), List.of(1)), Shape.of(5, 5)), "rank 1");
  }

  @Test
  void expandRepeatsOnesAndAddsAxes() {
    Expand expand = new Expand(Shape.of(2, 3, 2));
    assertEquals(Shape.of(2, 3, 2), shape(expand, Shape.of(3, 1)));
    assertArrayEquals(
        new long[] {0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2}, sources(expand, Shape.of(3, 1)));
    assertEquals(Shape.of(2, 0), shape(new Expand(Shape.of(2, 0)), Shape.of(1)));
    assertRefused(
        () -> shape(new Expand(Shape.of(1, 3)), Shape.of(2, 3)),
        "expand: shape 2×3 does not broadcast to 1×3");
    assertRefused(() -> shape(new Expand(Shape.of(3)), Shape.of(1, 3)), "1×3");
  }

  @Test
  void unfoldMakesAnAxisOfWindowsAndOneOfTaps() {
    Unfold unfold = new Unfold(1, 2, 2, 3);
    assertEquals(Shape.of(2, 2, 2, 1), shape(unfold, Shape.of(2, 7, 1)));
    assertArrayEquals(new long[] {0, 3, 2, 5, 7, 10, 9, 12}, sources(unfold, Shape.of(2, 7, 1)));
    assertRefused(() -> shape(unfold, Shape.of(2, 3)), "window of 4", "axis 1", "2×3");
    assertRefused(() -> shape(unfold, Shape.of(7)), "unfold: axis 1");
    assertRefused(() -> new Unfold(0, 0, 1, 1), "unfold taps=0");
    assertRefused(() -> new Unfold(0, 1, 0, 1), "unfold stride=0");
    assertRefused(() -> new Unfold(0, 1, 1, 0), "unfold dilation=0");
    assertRefused(() -> new Unfold(-1, 1, 1, 1), "unfold axis=-1");
  }

  @Test
  void channelShuffleDealsOutTheGroups() {
    ChannelShuffle shuffle = new ChannelShuffle(2);
    assertEquals(Shape.of(1, 6, 1, 2), shape(shuffle, Shape.of(1, 6, 1, 2)));
    assertArrayEquals(
        new long[] {0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11}, sources(shuffle, Shape.of(1, 6, 1, 2)));
    assertRefused(() -> shape(shuffle, Shape.of(1, 5, 1, 2)), "groups=2", "channels=5");
    assertRefused(() -> shape(shuffle, Shape.of(6, 2)), "channel-shuffle", "rank 4");
    assertRefused(() -> new ChannelShuffle(0), "groups=0");
  }

  @Test
  void takeOneInput() {
    assertRefused(() -> new Unfold(0, 1, 1, 1).outputShape(List.of()), "takes 1 input, got 0");
  }
}
