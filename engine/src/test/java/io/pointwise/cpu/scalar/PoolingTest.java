// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PoolingTest {
  private static final float NAN = Float.NaN;
  private static final float LOWEST = Float.NEGATIVE_INFINITY;
  private static final Tensor NEGATIVE =
      Tensor.of(Shape.of(1, 1, 3, 3), -1, -2, -3, -4, -5, -6, -7, -8, -9);
  private static final Tensor FOUR = row(1, 2, 3, 4);

  private static Tensor row(float... values) {
    return Tensor.of(Shape.of(1, 1, 1, values.length), values);
  }

  @Test
  void paddingNeverWinsTheMaximum() {
    Tensor y = Evaluation.of(new MaxPool2d(Window.square(2).pad(1, 0, 0, 1)), NEGATIVE);
    assertArrayEquals(new float[] {-1, -2, -3, -1, -2, -3, -4, -5, -6}, y.toArray());
  }

  @Test
  void nanWinsTheMaximum() {
    Tensor y = Evaluation.of(new MaxPool2d(Window.of(1, 2)), row(1, NAN, 3, 4));
    assertArrayEquals(new float[] {NAN, NAN, 4}, y.toArray());
  }

  @Test
  void windowsWhollyInThePaddingGiveMinusInfinityAndMeanZero() {
    Window window = Window.of(1, 2).dilation(1, 3).pad(0, 3, 0, 3);
    Tensor one = row(5);
    assertArrayEquals(
        new float[] {5, LOWEST, LOWEST, 5}, Evaluation.of(new MaxPool2d(window), one).toArray());
    assertArrayEquals(
        new float[] {5, 0, 0, 5}, Evaluation.of(new AvgPool2d(window), one).toArray());
    assertArrayEquals(
        new float[] {2.5f, 0, 0, 2.5f},
        Evaluation.of(new AvgPool2d(window, false, true), one).toArray());
  }

  @Test
  void dilationAndStrideChooseTheTaps() {
    Tensor x = row(1, 9, 2, 8, 3, 7);
    Window window = Window.of(1, 2).dilation(1, 2).stride(1, 3);
    assertArrayEquals(new float[] {2, 8}, Evaluation.of(new MaxPool2d(window), x).toArray());
    assertArrayEquals(new float[] {1.5f, 7.5f}, Evaluation.of(new AvgPool2d(window), x).toArray());
  }

  @Test
  void ceilModeAddsAPartialWindow() {
    Window window = Window.of(1, 3).stride(1, 2);
    assertArrayEquals(new float[] {3}, Evaluation.of(new MaxPool2d(window), FOUR).toArray());
    assertArrayEquals(
        new float[] {3, 4}, Evaluation.of(new MaxPool2d(window, true), FOUR).toArray());
    assertArrayEquals(
        new float[] {2, 3.5f}, Evaluation.of(new AvgPool2d(window, true, false), FOUR).toArray());
    assertArrayEquals(
        new float[] {2, 3.5f}, Evaluation.of(new AvgPool2d(window, true, true), FOUR).toArray());
  }

  @Test
  void aPartialWindowCountsPaddingButNotWhatLiesBeyond() {
    Tensor column = FOUR.reshape(Shape.of(1, 1, 4, 1));
    Window wide = Window.of(1, 4).stride(1, 2).pad(0, 0, 0, 1);
    Window high = Window.of(4, 1).stride(2, 1).pad(0, 0, 1, 0);
    float[] inside = {2.5f, 3.5f};
    assertArrayEquals(inside, Evaluation.of(new AvgPool2d(wide, true, false), FOUR).toArray());
    assertArrayEquals(inside, Evaluation.of(new AvgPool2d(high, true, false), column).toArray());
    float[] padded = {2.5f, 7f / 3};
    assertArrayEquals(padded, Evaluation.of(new AvgPool2d(wide, true, true), FOUR).toArray());
    assertArrayEquals(padded, Evaluation.of(new AvgPool2d(high, true, true), column).toArray());
  }

  @Test
  void paddingCountsInTheMeanOnlyWhenAskedFor() {
    Window window = Window.square(3).pad(1);
    Tensor x = Tensor.of(Shape.of(1, 1, 2, 2), 1, 2, 3, 6);
    assertArrayEquals(new float[] {3, 3, 3, 3}, Evaluation.of(new AvgPool2d(window), x).toArray());
    float all = 12f / 9;
    assertArrayEquals(
        new float[] {all, all, all, all},
        Evaluation.of(new AvgPool2d(window, false, true), x).toArray());
  }

  @Test
  void globalPoolsTakeEachChannel() {
    Tensor x = Tensor.of(Shape.of(2, 2, 1, 3), 1, 2, 6, -1, -2, -3, 0, 0, 0, 5, NAN, 7);
    Tensor mean = Evaluation.of(new GlobalPool2d(GlobalPool2d.Mode.AVERAGE), x);
    assertEquals(Shape.of(2, 2, 1, 1), mean.shape());
    assertArrayEquals(new float[] {3, -2, 0, NAN}, mean.toArray());
    Tensor max = Evaluation.of(new GlobalPool2d(GlobalPool2d.Mode.MAX), x);
    assertArrayEquals(new float[] {6, -1, 0, NAN}, max.toArray());
  }
}
