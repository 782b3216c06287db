// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import io.pointwise.device.Step;
import io.pointwise.layer.ArgReduce;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.layer.Reduce;
import io.pointwise.layer.Softmax;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.util.Locale;

/** Operations along lines of elements: one number a line, or each element by its line. */
public final class Reducing {
  private Reducing() {}

  public static void reduce(Step step, Weights weights, StepOutline outline) {
    Reduce reduce = (Reduce) step.operation();
    Shape input = step.input();
    boolean[] reduced = reduce.reduced(input);
    Nest lines = new Nest(1);
    Nest elements = new Nest(1);
    for (int axis = 0; axis < reduced.length; axis++) {
      (reduced[axis] ? elements : lines)
          .loop(input.dim(axis), input.elements(axis + 1, input.rank()));
    }
    outline
        .launch("reduce")
        .define("FUNCTION", "reduce_" + reduce.function().name().toLowerCase(Locale.ROOT))
        .input(0)
        .output()
        .buffer(outline.table(lines.table()))
        .integer(lines.rank())
        .buffer(outline.table(elements.table()))
        .integer(elements.rank())
        .index(elements.turns())
        .lines(step.output().elements(), elements.turns())
        .add();
  }

  public static void argReduce(Step step, Weights weights, StepOutline outline) {
    ArgReduce reduce = (ArgReduce) step.operation();
    Shape input = step.input();
    int axis = Moving.axis(reduce.axis(), input);
    outline
        .launch("arg_reduce")
        .define("MAX", reduce.mode() == ArgReduce.Mode.MAX ? 1 : 0)
        .define("LAST", reduce.last() ? 1 : 0)
        .input(0)
        .output()
        .indices(input.elements(axis + 1, input.rank()), input.dim(axis))
        .lines(step.output().elements(), input.dim(axis))
        .add();
  }

  public static void softmax(Step step, Weights weights, StepOutline outline) {
    Softmax softmax = (Softmax) step.operation();
    Shape shape = step.output();
    int axis = Moving.axis(softmax.axis(), shape);
    long inner = shape.elements(axis + 1, shape.rank());
    outline
        .launch("softmax")
        .define("LOG", softmax.log() ? 1 : 0)
        .input(0)
        .output()
        .indices(inner, shape.dim(axis))
        .lines(shape.elements() == 0 ? 0 : shape.elements(0, axis) * inner, shape.dim(axis))
        .add();
  }

  public static void globalPool(Step step, Weights weights, StepOutline outline) {
    GlobalPool2d pool = (GlobalPool2d) step.operation();
    outline
        .launch("global_pool")
        .define("MAX", pool.mode() == GlobalPool2d.Mode.MAX ? 1 : 0)
        .input(0)
        .output()
        .index(step.input().elements(2, 4))
        .lines(step.output().elements(), step.input().elements(2, 4))
        .add();
  }
}
