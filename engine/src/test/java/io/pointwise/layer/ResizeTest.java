// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResizeTest {
  private static Resampling how(Resampling.Mode mode, Resampling.Coordinates coordinates) {
    return new Resampling(
        mode, coordinates, Resampling.Rounding.ROUND_PREFER_FLOOR, -0.75f, false, false);
  }

  private static Resampling nearest(
      Resampling.Coordinates coordinates, Resampling.Rounding rounding) {
    return new Resampling(Resampling.Mode.NEAREST, coordinates, rounding, -0.75f, false, false);
  }

  private static AxisTaps taps(Resampling how, int input, int output) {
    return taps(how, input, output, (double) output / input);
  }

  private static AxisTaps taps(Resampling how, int input, int output, double scale) {
    Resize.Axis axis = new Resize.Axis(0, output, scale, 0, 1);
    return new Resize(List.of(axis), how, 0).taps(Shape.of(input), axis);
  }

  private static int[] only(AxisTaps taps) {
    assertTrue(
        Arrays.stream(taps.weights())
            .allMatch(weights -> Arrays.equals(new double[] {1}, weights)));
    return Arrays.stream(taps.sources()).mapToInt(sources -> sources[0]).toArray();
  }

  /** What is made of an axis that holds these numbers. */
  private static double[] resample(AxisTaps taps, double... input) {
    double[] result = new double[taps.sources().length];
    for (int i = 0; i < result.length; i++) {
      for (int k = 0; k < taps.sources()[i].length; k++) {
        result[i] += taps.weights()[i][k] * input[taps.sources()[i][k]];
      }
    }
    return result;
  }

  @Test
  void resizesSomeAxes() {
    Resize resize =
        new Resize(
            List.of(new Resize.Axis(3, 4, 2, 0, 1), new Resize.Axis(2, 1, 0.3, 0, 1)),
            Resampling.nearest(),
            0);
    assertEquals(Shape.of(1, 2, 1, 4), resize.outputShape(List.of(Shape.of(1, 2, 5, 2))));
    assertEquals("resize", resize.kind());
    assertEquals(
        Shape.of(0),
        new Resize(List.of(new Resize.Axis(0, 0, 1, 0, 1)), Resampling.nearest(), 0)
            .outputShape(List.of(Shape.of(0))));
  }

  @Test
  void refusesWhatCannotBeResized() {
    assertRefused(() -> new Resize.Axis(-1, 1, 1, 0, 1), "resize axis=-1");
    assertRefused(() -> new Resize.Axis(0, -1, 1, 0, 1), "resize size=-1");
    assertRefused(() -> new Resize.Axis(0, 1, 0, 0, 1), "scale=0.0");
    assertRefused(() -> new Resize.Axis(0, 1, Double.NaN, 0, 1), "scale=NaN");
    Resize.Axis axis = new Resize.Axis(1, 2, 2, 0, 1);
    assertRefused(
        () -> new Resize(List.of(axis, axis), Resampling.nearest(), 0), "an axis is named twice");
    Resize resize = new Resize(List.of(axis), Resampling.nearest(), 0);
    assertRefused(() -> resize.outputShape(List.of(Shape.of(3))), "resize: axis 1", "rank 1");
    assertRefused(
        () -> resize.outputShape(List.of(Shape.of(3, 0))), "resize input size of axis 1=0");
    assertRefused(
        () ->
            new Resampling(
                Resampling.Mode.CUBIC,
                Resampling.Coordinates.HALF_PIXEL,
                Resampling.Rounding.FLOOR,
                Float.NaN,
                false,
                false),
        "cubic");
  }

  @Test
  void nearestRepeatsAndDrops() {
    assertArrayEquals(new int[] {0, 0, 1, 1, 2, 2}, only(taps(Resampling.nearest(), 3, 6)));
    assertArrayEquals(new int[] {0, 2}, only(taps(Resampling.nearest(), 4, 2)));
  }

  @Test
  void nearestRoundsHalvesAsItIsTold() {
    // Places −0.125, 0.625, 1.375 and 2.125.
    Resampling.Coordinates half = Resampling.Coordinates.HALF_PIXEL;
    assertArrayEquals(
        new int[] {0, 1, 1, 2},
        only(taps(nearest(half, Resampling.Rounding.ROUND_PREFER_FLOOR), 3, 4)));
    // Places 0.5 and 2.5.
    assertArrayEquals(
        new int[] {0, 2}, only(taps(nearest(half, Resampling.Rounding.ROUND_PREFER_FLOOR), 4, 2)));
    assertArrayEquals(
        new int[] {1, 3}, only(taps(nearest(half, Resampling.Rounding.ROUND_PREFER_CEIL), 4, 2)));
    assertArrayEquals(
        new int[] {0, 0, 1, 2}, only(taps(nearest(half, Resampling.Rounding.FLOOR), 3, 4)));
    assertArrayEquals(new int[] {0, 2}, only(taps(nearest(half, Resampling.Rounding.FLOOR), 4, 2)));
    assertArrayEquals(new int[] {1, 3}, only(taps(nearest(half, Resampling.Rounding.CEIL), 4, 2)));
  }

  @Test
  void linearTakesTheTwoNeighbours() {
    AxisTaps taps = taps(how(Resampling.Mode.LINEAR, Resampling.Coordinates.HALF_PIXEL), 2, 4);
    // Places −0.25, 0.25, 0.75, 1.25; the ends are held.
    assertArrayEquals(new double[] {1, 1.25, 1.75, 2}, resample(taps, 1, 2), 1e-15);
  }

  @Test
  void coordinatesSayWhereAnIndexIs() {
    assertArrayEquals(
        new double[] {0, 2.0 / 3, 4.0 / 3, 2},
        place(Resampling.Coordinates.ALIGN_CORNERS, 3, 4, 4.0 / 3),
        1e-15);
    assertArrayEquals(
        new double[] {0, 0.75, 1.5, 2},
        place(Resampling.Coordinates.ASYMMETRIC, 3, 4, 4.0 / 3),
        1e-12);
    assertArrayEquals(
        new double[] {0, 0.625, 1.375, 2},
        place(Resampling.Coordinates.HALF_PIXEL, 3, 4, 4.0 / 3),
        1e-12);
    assertArrayEquals(
        new double[] {1}, place(Resampling.Coordinates.HALF_PIXEL, 3, 1, 1.0 / 3), 1e-12);
    assertArrayEquals(
        new double[] {0}, place(Resampling.Coordinates.PYTORCH_HALF_PIXEL, 3, 1, 1.0 / 3), 1e-12);
    assertArrayEquals(
        new double[] {0}, place(Resampling.Coordinates.ALIGN_CORNERS, 3, 1, 1.0 / 3), 1e-12);
    // Of 4·0.6 = 2.4 places 2 are taken: the others are left out on both sides alike.
    double shift = 2 * (1 - 2 / 2.4);
    assertArrayEquals(
        new double[] {shift + 0.5 / 0.6 - 0.5, shift + 1.5 / 0.6 - 0.5},
        place(Resampling.Coordinates.HALF_PIXEL_SYMMETRIC, 4, 2, 0.6),
        1e-12);
  }

  /** The places of all indices, inside the input: a line through 0, 1, 2, … resampled. */
  private static double[] place(
      Resampling.Coordinates coordinates, int input, int output, double scale) {
    double[] line = new double[input];
    for (int i = 0; i < input; i++) {
      line[i] = i;
    }
    return resample(taps(how(Resampling.Mode.LINEAR, coordinates), input, output, scale), line);
  }

  @Test
  void cropReadsARegionAndSaysWhatIsOutside() {
    Resize.Axis axis = new Resize.Axis(0, 3, 1, 0.5, 1.5);
    Resampling how = how(Resampling.Mode.LINEAR, Resampling.Coordinates.TF_CROP_AND_RESIZE);
    AxisTaps taps = new Resize(List.of(axis), how, 9).taps(Shape.of(5), axis);
    // Places 2, 4 and 6 of 0 to 4.
    assertArrayEquals(new boolean[] {false, false, true}, taps.outside());
    assertArrayEquals(new double[] {30, 50}, Arrays.copyOf(resample(taps, 10, 20, 30, 40, 50), 2));
    Resize.Axis one = new Resize.Axis(0, 1, 1, 0.25, 0.5);
    AxisTaps middle = new Resize(List.of(one), how, 9).taps(Shape.of(5), one);
    assertArrayEquals(new double[] {1.5}, resample(middle, 0, 1, 2, 3, 4));
  }

  @Test
  void cubicIsKeysKernel() {
    AxisTaps taps = taps(how(Resampling.Mode.CUBIC, Resampling.Coordinates.HALF_PIXEL), 4, 8);
    // Place 1.25 has distances 1.25, 0.25, 0.75 and 1.75; with a = −0.75:
    // a·(d³ − 5d² + 8d − 4) beyond 1, (a + 2)d³ − (a + 3)d² + 1 below.
    assertArrayEquals(new int[] {0, 1, 2, 3}, taps.sources()[3]);
    assertArrayEquals(
        new double[] {-0.10546875, 0.87890625, 0.26171875, -0.03515625}, taps.weights()[3], 1e-15);
  }

  @Test
  void cubicHoldsTheBorderOrLeavesOutWhatIsOutside() {
    Resampling held = how(Resampling.Mode.CUBIC, Resampling.Coordinates.HALF_PIXEL);
    // Place −0.25: distances 1.75, 0.75, 0.25, 1.25 of elements −2, −1, 0, 1.
    AxisTaps taps = taps(held, 4, 8);
    assertArrayEquals(new int[] {0, 0, 0, 1}, taps.sources()[0]);
    AxisTaps left = taps(excluding(Resampling.Mode.CUBIC), 4, 8);
    assertArrayEquals(new int[] {0, 1}, left.sources()[0]);
    double sum = 0.87890625 - 0.10546875;
    assertArrayEquals(new double[] {0.87890625 / sum, -0.10546875 / sum}, left.weights()[0], 1e-15);
  }

  private static Resampling excluding(Resampling.Mode mode) {
    return new Resampling(
        mode,
        Resampling.Coordinates.HALF_PIXEL,
        Resampling.Rounding.ROUND_PREFER_FLOOR,
        -0.75f,
        true,
        false);
  }

  @Test
  void antialiasingLetsEveryElementCount() {
    Resampling how =
        new Resampling(
            Resampling.Mode.LINEAR,
            Resampling.Coordinates.HALF_PIXEL,
            Resampling.Rounding.ROUND_PREFER_FLOOR,
            -0.75f,
            false,
            true);
    AxisTaps taps = taps(how, 4, 2);
    // Place 0.5, a kernel of half the slope: elements −1 to 2 at distances 1.5, 0.5, 0.5, 1.5.
    assertArrayEquals(new int[] {0, 0, 1, 2}, taps.sources()[0]);
    assertArrayEquals(new double[] {0.125, 0.375, 0.375, 0.125}, taps.weights()[0], 1e-15);
    assertArrayEquals(new double[] {1, 1.25, 1.75, 2}, resample(taps(how, 2, 4), 1, 2), 1e-15);
  }

  @Test
  void anAxisThatStaysIsCopied() {
    assertArrayEquals(new int[] {0, 1, 2}, only(AxisTaps.unchanged(3)));
    assertArrayEquals(new boolean[3], AxisTaps.unchanged(3).outside());
  }
}
