// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.pointwise.cpu.Workers;
import io.pointwise.device.Epilogue;
import io.pointwise.layer.Reorder;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReorderingTest {
  private static final Workers WORKERS = new Workers(2);
  private static final List<Layout> LAYOUTS =
      List.of(Layout.NCHW, Layout.NHWC, Layout.blocked(4), Layout.blocked(16));

  private static MemorySegment reorder(
      Arena arena, Shape shape, Layout from, Layout to, MemorySegment input) {
    MemorySegment output = Evaluation.poisoned(arena, to.elements(shape));
    Evaluation.run(
        Evaluation.step(new Reorder(from, to), Epilogue.NONE, List.of(shape)),
        Weights.none(),
        List.of(input),
        output,
        WORKERS);
    return output;
  }

  @Test
  void writesZeroIntoThePaddingOfTheLastBlock() {
    Tensor x = Tensor.of(Shape.of(1, 3, 1, 2), 1, 2, 3, 4, 5, 6);
    try (Arena arena = Arena.ofShared()) {
      MemorySegment y = reorder(arena, x.shape(), Layout.NCHW, Layout.blocked(4), x.memory());
      float[] expected = {1, 3, 5, 0, 2, 4, 6, 0};
      assertArrayEquals(expected, y.toArray(ValueLayout.JAVA_FLOAT));
    }
  }

  @Test
  void putsChannelsInnermost() {
    Tensor x = Tensor.of(Shape.of(1, 3, 1, 2), 1, 2, 3, 4, 5, 6);
    try (Arena arena = Arena.ofShared()) {
      MemorySegment y = reorder(arena, x.shape(), Layout.NCHW, Layout.NHWC, x.memory());
      assertArrayEquals(new float[] {1, 3, 5, 2, 4, 6}, y.toArray(ValueLayout.JAVA_FLOAT));
    }
  }

  @Test
  void anyTwoReordersLeadBack() {
    Shape shape = Shape.of(2, 19, 3, 5);
    Tensor x = RandomConvolution.reals(new SplittableRandom(1), shape);
    for (Layout from : LAYOUTS) {
      for (Layout to : LAYOUTS) {
        try (Arena arena = Arena.ofShared()) {
          MemorySegment there = reorder(arena, shape, Layout.NCHW, from, x.memory());
          MemorySegment further = reorder(arena, shape, from, to, there);
          MemorySegment back = reorder(arena, shape, to, Layout.NCHW, further);
          assertArrayEquals(
              x.toArray(), back.toArray(ValueLayout.JAVA_FLOAT), () -> from + " to " + to);
        }
      }
    }
  }
}
