// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReduceTest {
  private static final Shape INPUT = Shape.of(2, 3, 5, 7);

  private static Reduce sum(boolean keepDims, Integer... axes) {
    return new Reduce(Reduce.Function.SUM, List.of(axes), keepDims);
  }

  private static Shape shape(Layer layer, Shape input) {
    return layer.outputShape(List.of(input));
  }

  @Test
  void dropsItsAxesOrKeepsThemAsOnes() {
    assertEquals(Shape.of(2, 5), shape(sum(false, 1, -1), INPUT));
    assertEquals(Shape.of(2, 1, 5, 1), shape(sum(true, -1, 1), INPUT));
    assertEquals(Shape.of(), shape(sum(false, 0, 1, 2, 3), INPUT));
    assertEquals(INPUT, shape(sum(false), INPUT));
    assertEquals(Shape.of(), shape(sum(false), Shape.of()));
  }

  @Test
  void mayReduceNothing() {
    assertEquals(Shape.of(3), shape(sum(false, 0), Shape.of(0, 3)));
    assertEquals(Shape.of(0), shape(sum(false, 1), Shape.of(0, 3)));
  }

  @Test
  void saysWhichAxesItReduces() {
    assertArrayEquals(new boolean[] {false, true, false, true}, sum(false, 1, -1).reduced(INPUT));
  }

  @Test
  void refusesAxesThatAreNotThereOrNamedTwice() {
    assertRefused(() -> shape(sum(false, 4), INPUT), "reduce-sum: axis 4", "rank 4");
    assertRefused(() -> shape(sum(false, -5), INPUT), "axis -5");
    assertRefused(() -> shape(sum(false, 1, -3), INPUT), "axis -3 is named twice in [1, -3]");
  }

  @Test
  void isNamedAfterItsFunction() {
    assertEquals(
        "reduce-sum-square", new Reduce(Reduce.Function.SUM_SQUARE, List.of(), false).kind());
    assertEquals("reduce-l2", new Reduce(Reduce.Function.L2, List.of(), false).kind());
  }

  @Test
  void argReduceDropsItsAxisOrKeepsItAsOne() {
    assertEquals(
        Shape.of(2, 5, 7), shape(new ArgReduce(ArgReduce.Mode.MAX, 1, false, false), INPUT));
    assertEquals(
        Shape.of(2, 3, 5, 1), shape(new ArgReduce(ArgReduce.Mode.MIN, -1, true, false), INPUT));
    assertEquals("arg-max", new ArgReduce(ArgReduce.Mode.MAX, 0, true, false).kind());
    assertEquals("arg-min", new ArgReduce(ArgReduce.Mode.MIN, 0, true, false).kind());
  }

  @Test
  void argReduceNeedsSomethingToFindAndAnIndexThatFloatsHold() {
    Layer layer = new ArgReduce(ArgReduce.Mode.MAX, 0, false, false);
    assertRefused(() -> shape(layer, Shape.of(0, 3)), "arg-max size of axis 0=0", "at least 1");
    assertRefused(() -> shape(layer, Shape.of()), "axis 0", "rank 0");
    assertEquals(Shape.of(), shape(layer, Shape.of(1 << 24)));
    assertRefused(
        () -> shape(layer, Shape.of((1 << 24) + 1)), "arg-max: 16777217 indices", "float32");
  }
}
