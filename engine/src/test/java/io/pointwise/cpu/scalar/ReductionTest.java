// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.layer.ArgReduce;
import io.pointwise.layer.MaxPoolIndices;
import io.pointwise.layer.Reduce;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReductionTest {
  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final Tensor MATRIX = Tensor.of(Shape.of(2, 3), 1, -2, 3, 4, 5, -6);

  private static float[] reduce(Reduce.Function function, Tensor x, Integer... axes) {
    return Evaluation.of(new Reduce(function, List.of(axes), false), x).toArray();
  }

  @Test
  void overRowsColumnsAndAll() {
    assertArrayEquals(new float[] {2, 3}, reduce(Reduce.Function.SUM, MATRIX, 1));
    assertArrayEquals(new float[] {5, 3, -3}, reduce(Reduce.Function.SUM, MATRIX, 0));
    assertArrayEquals(new float[] {5}, reduce(Reduce.Function.SUM, MATRIX, 0, -1));
    assertArrayEquals(new float[] {2.5f, 1.5f, -1.5f}, reduce(Reduce.Function.MEAN, MATRIX, 0));
    assertArrayEquals(new float[] {3, 5}, reduce(Reduce.Function.MAX, MATRIX, 1));
    assertArrayEquals(new float[] {1, -2, -6}, reduce(Reduce.Function.MIN, MATRIX, 0));
    assertArrayEquals(new float[] {14, 77}, reduce(Reduce.Function.SUM_SQUARE, MATRIX, 1));
    assertArrayEquals(
        new float[] {(float) Math.sqrt(14), (float) Math.sqrt(77)},
        reduce(Reduce.Function.L2, MATRIX, 1));
  }

  @Test
  void overAxesThatAreNotNeighbours() {
    Tensor x = Tensor.zeros(Shape.of(2, 3, 2, 2));
    for (int i = 0; i < 24; i++) {
      x.set(i, i);
    }
    Tensor sums = Evaluation.of(new Reduce(Reduce.Function.SUM, List.of(0, 2), true), x);
    assertEquals(Shape.of(1, 3, 1, 2), sums.shape());
    // 0 + 2 + 12 + 14, and so on.
    assertArrayEquals(new float[] {28, 32, 44, 48, 60, 64}, sums.toArray());
  }

  @Test
  void overNoAxesLeavesEachElementAlone() {
    assertArrayEquals(MATRIX.toArray(), reduce(Reduce.Function.MEAN, MATRIX));
    assertArrayEquals(
        new float[] {1, 4, 9, 16, 25, 36}, reduce(Reduce.Function.SUM_SQUARE, MATRIX));
    assertArrayEquals(new float[] {7}, reduce(Reduce.Function.MAX, Tensor.of(Shape.of(), 7)));
  }

  @Test
  void overNothing() {
    Tensor nothing = Tensor.zeros(Shape.of(2, 0));
    assertArrayEquals(new float[] {0, 0}, reduce(Reduce.Function.SUM, nothing, 1));
    assertArrayEquals(new float[] {0, 0}, reduce(Reduce.Function.SUM_SQUARE, nothing, 1));
    assertArrayEquals(new float[] {0, 0}, reduce(Reduce.Function.L2, nothing, 1));
    assertArrayEquals(new float[] {NAN, NAN}, reduce(Reduce.Function.MEAN, nothing, 1));
    assertArrayEquals(new float[] {-INFINITY, -INFINITY}, reduce(Reduce.Function.MAX, nothing, 1));
    assertArrayEquals(new float[] {INFINITY, INFINITY}, reduce(Reduce.Function.MIN, nothing, 1));
    assertArrayEquals(new float[0], reduce(Reduce.Function.SUM, nothing, 0));
  }

  @Test
  void nanWinsAlways() {
    Tensor x = Tensor.of(Shape.of(3), 1, NAN, INFINITY);
    for (Reduce.Function function : Reduce.Function.values()) {
      assertArrayEquals(new float[] {NAN}, reduce(function, x, 0), function.toString());
    }
  }

  private static float[] find(ArgReduce.Mode mode, boolean last, int axis, Tensor x) {
    return Evaluation.of(new ArgReduce(mode, axis, false, last), x).toArray();
  }

  @Test
  void argReduceFindsTheExtremeElement() {
    assertArrayEquals(new float[] {2, 1}, find(ArgReduce.Mode.MAX, false, 1, MATRIX));
    assertArrayEquals(new float[] {0, 0, 1}, find(ArgReduce.Mode.MIN, false, 0, MATRIX));
    assertArrayEquals(new float[] {1, 2}, find(ArgReduce.Mode.MIN, false, -1, MATRIX));
  }

  @Test
  void argReduceTakesTheFirstOfEqualsOrTheLast() {
    Tensor x = Tensor.of(Shape.of(1, 6), 0, 3, 3, 0, 3, -0f);
    assertArrayEquals(new float[] {1}, find(ArgReduce.Mode.MAX, false, 1, x));
    assertArrayEquals(new float[] {4}, find(ArgReduce.Mode.MAX, true, 1, x));
    assertArrayEquals(new float[] {0}, find(ArgReduce.Mode.MIN, false, 1, x));
    assertArrayEquals(new float[] {5}, find(ArgReduce.Mode.MIN, true, 1, x));
  }

  @Test
  void argReduceFindsNanFirst() {
    Tensor x = Tensor.of(Shape.of(5), INFINITY, NAN, -INFINITY, NAN, 0);
    for (ArgReduce.Mode mode : ArgReduce.Mode.values()) {
      assertArrayEquals(new float[] {1}, find(mode, false, 0, x));
      assertArrayEquals(new float[] {3}, find(mode, true, 0, x));
    }
    Tensor low = Tensor.of(Shape.of(2), -INFINITY, -INFINITY);
    assertArrayEquals(new float[] {0}, find(ArgReduce.Mode.MAX, false, 0, low));
  }

  private static float[] positions(Window window, boolean columnMajor, Tensor x) {
    return Evaluation.of(new MaxPoolIndices(window, false, columnMajor), x).toArray();
  }

  @Test
  void maxPoolIndicesCountThroughTheWholeInput() {
    Tensor x = Tensor.of(Shape.of(1, 2, 2, 3), 1, 5, 2, 5, 0, 9, 3, 3, 3, 3, 3, 3);
    assertArrayEquals(new float[] {1, 5, 6, 7}, positions(Window.square(2), false, x));
    // [0, 1] is 1·2 + 0, [1, 2] is 2·2 + 1; the second channel begins at 6.
    assertArrayEquals(new float[] {2, 5, 6, 8}, positions(Window.square(2), true, x));
  }

  @Test
  void maxPoolIndicesNeverPointToThePadding() {
    Tensor x = Tensor.of(Shape.of(1, 1, 1, 2), -INFINITY, NAN);
    Window window = Window.of(1, 2).pad(0, 1, 0, 1);
    assertArrayEquals(new float[] {0, 1, 1}, positions(window, false, x));
    Window dilated = Window.square(2).dilation(2).pad(1);
    assertArrayEquals(
        new float[] {-1}, positions(dilated, false, Tensor.of(Shape.of(1, 1, 1, 1), 4)));
  }
}
