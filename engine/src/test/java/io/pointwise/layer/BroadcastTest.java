// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BroadcastTest {
  @Test
  void alignsAtTheEndAndStretchesOnes() {
    assertEquals(Shape.of(8, 7, 6, 5), Broadcast.of("x", Shape.of(8, 1, 6, 1), Shape.of(7, 1, 5)));
    assertEquals(Shape.of(2, 3), Broadcast.of("x", Shape.of(), Shape.of(2, 3)));
    assertEquals(Shape.of(), Broadcast.of("x", Shape.of(), Shape.of()));
  }

  @Test
  void stretchesOneToNothing() {
    assertEquals(Shape.of(0, 3), Broadcast.of("x", Shape.of(1, 3), Shape.of(0, 1)));
    assertRefused(() -> Broadcast.of("x", Shape.of(2), Shape.of(0)), "shapes 2 and 0");
  }

  @Test
  void refusesWhatDiffers() {
    assertRefused(
        () -> Broadcast.of("mul", Shape.of(2, 3, 4), Shape.of(3, 5)),
        "mul: shapes 2×3×4 and 3×5 do not broadcast");
  }

  @Test
  void refusesAResultThatOverflows() {
    Shape column = Shape.of(1 << 30, 1 << 30, 1);
    assertRefused(() -> Broadcast.of("add", column, Shape.of(1 << 30)), "elements");
  }

  @Test
  void stridesAreZeroWhereStretched() {
    assertArrayEquals(
        new long[] {0, 1, 0, 0}, Broadcast.strides(Shape.of(3, 1, 1), Shape.of(2, 3, 5, 7)));
    assertArrayEquals(
        new long[] {105, 35, 7, 1}, Broadcast.strides(Shape.of(2, 3, 5, 7), Shape.of(2, 3, 5, 7)));
  }

  /** Looks up every element by its indices, those of stretched axes held at 0. */
  @Property
  void stridesLeadToTheElementThatIsMeant(
      @ForAll @Size(max = 4) List<@IntRange(min = 1, max = 4) Integer> outDims,
      @ForAll @Size(value = 4) List<Boolean> stretched,
      @ForAll @IntRange(max = 4) int dropped) {
    int rank = outDims.size();
    List<Integer> inDims = new ArrayList<>();
    for (int axis = Math.min(dropped, rank); axis < rank; axis++) {
      inDims.add(stretched.get(axis) ? 1 : outDims.get(axis));
    }
    Shape in = shape(inDims);
    Shape out = shape(outDims);
    assertEquals(out, Broadcast.of("x", in, out));
    assertEquals(out, Broadcast.of("x", out, in));
    long[] strides = Broadcast.strides(in, out);
    List<Integer> index = new ArrayList<>(Collections.nCopies(rank, 0));
    do {
      long expected = 0;
      for (int axis = 0; axis < in.rank(); axis++) {
        int i = in.dim(axis) == 1 ? 0 : index.get(axis + rank - in.rank());
        expected = expected * in.dim(axis) + i;
      }
      long position = 0;
      for (int axis = 0; axis < rank; axis++) {
        position += strides[axis] * index.get(axis);
      }
      assertEquals(expected, position);
    } while (next(index, outDims));
  }

  private static Shape shape(List<Integer> dims) {
    return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
  }

  private static boolean next(List<Integer> index, List<Integer> dims) {
    for (int axis = dims.size() - 1; axis >= 0; axis--) {
      index.set(axis, index.get(axis) + 1);
      if (index.get(axis) < dims.get(axis)) {
        return true;
      }
      index.set(axis, 0);
    }
    return false;
  }
}
