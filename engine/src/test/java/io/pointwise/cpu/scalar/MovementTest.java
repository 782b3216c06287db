// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.layer.ChannelShuffle;
import io.pointwise.layer.Expand;
import io.pointwise.layer.Gather;
import io.pointwise.layer.GatherElements;
import io.pointwise.layer.Pad;
import io.pointwise.layer.Resampling;
import io.pointwise.layer.Resize;
import io.pointwise.layer.Slice;
import io.pointwise.layer.Transpose;
import io.pointwise.layer.Unfold;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layers that move elements about: which one comes where. */
class MovementTest {
  private static final float NAN = Float.NaN;
  private static final Tensor MATRIX = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

  private static void assertMoved(Tensor moved, Shape shape, float... expected) {
    assertEquals(shape, moved.shape());
    assertArrayEquals(expected, moved.toArray());
  }

  @Test
  void byRegularSteps() {
    assertMoved(
        Evaluation.of(new Transpose(List.of(1, 0)), MATRIX), Shape.of(3, 2), 1, 4, 2, 5, 3, 6);
    assertMoved(
        Evaluation.of(new Slice(List.of(1, 2), List.of(-1, -2), List.of(2, 2)), MATRIX),
        Shape.of(2, 2),
        6,
        4,
        3,
        1);
    assertMoved(
        Evaluation.of(new Expand(Shape.of(2, 2)), Tensor.of(Shape.of(2, 1), 7, NAN)),
        Shape.of(2, 2),
        7,
        7,
        NAN,
        NAN);
    assertMoved(
        Evaluation.of(new Unfold(1, 2, 1, 1), MATRIX), Shape.of(2, 2, 2), 1, 2, 2, 3, 4, 5, 5, 6);
    assertMoved(
        Evaluation.of(new ChannelShuffle(2), Tensor.of(Shape.of(1, 4, 1, 1), 1, 2, 3, 4)),
        Shape.of(1, 4, 1, 1),
        1,
        3,
        2,
        4);
  }

  @Test
  void nothingIsMovedToo() {
    Tensor nothing = Tensor.zeros(Shape.of(0, 3));
    assertMoved(Evaluation.of(new Transpose(List.of(1, 0)), nothing), Shape.of(3, 0));
    assertMoved(
        Evaluation.of(new Slice(List.of(0, 0), List.of(1, 1), List.of(0, 1)), MATRIX),
        Shape.of(0, 1));
    assertMoved(
        Evaluation.of(new Pad(List.of(1, 0), List.of(0, 0), Pad.Mode.CONSTANT, 9), nothing),
        Shape.of(1, 3),
        9,
        9,
        9);
  }

  @Test
  void paddingIsAValueOrElementsOfTheInput() {
    List<Integer> before = List.of(1, 0);
    List<Integer> after = List.of(0, 2);
    assertMoved(
        Evaluation.of(new Pad(before, after, Pad.Mode.CONSTANT, -1), MATRIX),
        Shape.of(3, 5),
        -1,
        -1,
        -1,
        -1,
        -1,
        1,
        2,
        3,
        -1,
        -1,
        4,
        5,
        6,
        -1,
        -1);
    assertMoved(
        Evaluation.of(new Pad(before, after, Pad.Mode.REFLECT, 0), MATRIX),
        Shape.of(3, 5),
        4,
        5,
        6,
        5,
        4,
        1,
        2,
        3,
        2,
        1,
        4,
        5,
        6,
        5,
        4);
  }

  @Test
  void gatherPicksSlices() {
    Tensor indices = Tensor.of(Shape.of(2, 2), 2, 0, -1, -3);
    assertMoved(
        Evaluation.of(new Gather(1), MATRIX, indices), Shape.of(2, 2, 2), 3, 1, 3, 1, 6, 4, 6, 4);
    assertMoved(
        Evaluation.of(new Gather(0), MATRIX, Tensor.of(Shape.of(), 1)), Shape.of(3), 4, 5, 6);
    assertMoved(Evaluation.of(new Gather(0), MATRIX, Tensor.zeros(Shape.of(0))), Shape.of(0, 3));
  }

  @Test
  void anIndexThatMeansNoElementGivesNan() {
    Tensor indices = Tensor.of(Shape.of(7), 3, -4, 0.5f, NAN, Float.POSITIVE_INFINITY, -0f, -3);
    Tensor row = Tensor.of(Shape.of(3), 1, 2, 3);
    float[] expected = {NAN, NAN, NAN, NAN, NAN, 1, 1};
    assertMoved(Evaluation.of(new Gather(0), row, indices), Shape.of(7), expected);
    assertMoved(Evaluation.of(new GatherElements(0), row, indices), Shape.of(7), expected);
    Tensor nothing = Tensor.zeros(Shape.of(0));
    assertMoved(
        Evaluation.of(new Gather(0), nothing, Tensor.of(Shape.of(2), 0, -1)),
        Shape.of(2),
        NAN,
        NAN);
  }

  @Test
  void gatherElementsPicksOneByOne() {
    Tensor indices = Tensor.of(Shape.of(2, 2), 2, 0, -2, 1);
    assertMoved(Evaluation.of(new GatherElements(1), MATRIX, indices), Shape.of(2, 2), 3, 1, 5, 5);
    assertMoved(
        Evaluation.of(new GatherElements(0), MATRIX, Tensor.of(Shape.of(1, 2), 1, -2)),
        Shape.of(1, 2),
        4,
        2);
  }

  private static Tensor resize(Resampling how, Tensor x, Resize.Axis... axes) {
    return Evaluation.of(new Resize(List.of(axes), how, -5), x);
  }

  private static Resampling linear(Resampling.Coordinates coordinates) {
    return new Resampling(
        Resampling.Mode.LINEAR, coordinates, Resampling.Rounding.FLOOR, 0, false, false);
  }

  @Test
  void resizeIsAProductOfItsAxes() {
    Tensor x = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    assertMoved(
        resize(
            linear(Resampling.Coordinates.ALIGN_CORNERS),
            x,
            new Resize.Axis(0, 3, 1.5, 0, 1),
            new Resize.Axis(1, 3, 1.5, 0, 1)),
        Shape.of(3, 3),
        1,
        1.5f,
        2,
        2,
        2.5f,
        3,
        3,
        3.5f,
        4);
    assertMoved(
        resize(Resampling.nearest(), x, new Resize.Axis(1, 4, 2, 0, 1)),
        Shape.of(2, 4),
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4);
  }

  @Test
  void resizeFillsWhatIsOutsideOfTheRegion() {
    assertMoved(
        resize(
            linear(Resampling.Coordinates.TF_CROP_AND_RESIZE),
            MATRIX,
            new Resize.Axis(1, 3, 1, 0.5, 1.5)),
        Shape.of(2, 3),
        2,
        3,
        -5,
        5,
        6,
        -5);
  }
}
