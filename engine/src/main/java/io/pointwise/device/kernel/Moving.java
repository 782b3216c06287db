// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Gather;
import io.pointwise.layer.GatherElements;
import io.pointwise.layer.Reorder;
import io.pointwise.layer.StridedLayer;
import io.pointwise.layer.StridedMap;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;

/** Operations that move elements about and compute nothing. */
public final class Moving {
  private Moving() {}

  public static void copy(Step step, Weights weights, StepOutline outline) {
    outline.copy();
  }

  public static void strided(Step step, Weights weights, StepOutline outline) {
    StridedMap map = ((StridedLayer) step.operation()).map(step.input());
    Nest nest = new Nest(1);
    for (int k = 0; k < map.counts().size(); k++) {
      nest.loop(map.counts().get(k), map.steps().get(k));
    }
    outline
        .launch("strided")
        .input(0)
        .output()
        .buffer(outline.table(nest.table()))
        .integer(nest.rank())
        .index(map.offset())
        .items(step.output().elements())
        .add();
  }

  /** Whether a reorder is a plain copy: the devices whose kernels these are know NCHW only. */
  public static Support acceptReorder(Step step) {
    Reorder reorder = (Reorder) step.operation();
    boolean plain = reorder.from().equals(Layout.NCHW) && reorder.to().equals(Layout.NCHW);
    return plain
        ? Support.nchw(step, 0)
        : Support.no("copies NCHW only, got " + reorder.from() + " to " + reorder.to());
  }

  public static void concat(Step step, Weights weights, StepOutline outline) {
    Shape out = step.output();
    int axis = axis(((Concat) step.operation()).axis(), out);
    long stride = out.elements(axis, out.rank());
    long start = 0;
    for (int i = 0; i < step.inputs().size(); i++) {
      Shape input = step.inputs().get(i);
      long run = input.elements(axis, out.rank());
      outline
          .launch("concat")
          .input(i)
          .output()
          .indices(run, stride, start)
          .items(input.elements())
          .add();
      start += run;
    }
  }

  public static void gather(Step step, Weights weights, StepOutline outline) {
    Shape data = step.input();
    int axis = axis(((Gather) step.operation()).axis(), data);
    outline
        .launch("gather")
        .input(0)
        .input(1)
        .output()
        .indices(
            data.elements(axis + 1, data.rank()), step.inputs().get(1).elements(), data.dim(axis))
        .items(step.output().elements())
        .add();
  }

  public static void gatherElements(Step step, Weights weights, StepOutline outline) {
    Shape data = step.input();
    Shape indices = step.inputs().get(1);
    int axis = axis(((GatherElements) step.operation()).axis(), data);
    Nest lines = new Nest(1);
    for (int k = 0; k < data.rank(); k++) {
      lines.loop(indices.dim(k), k == axis ? 0 : data.elements(k + 1, data.rank()));
    }
    outline
        .launch("gather_elements")
        .input(0)
        .input(1)
        .output()
        .buffer(outline.table(lines.table()))
        .integer(lines.rank())
        .indices(data.elements(axis + 1, data.rank()), data.dim(axis))
        .items(step.output().elements())
        .add();
  }

  /** An axis that counts from 0. */
  public static int axis(int axis, Shape shape) {
    return axis < 0 ? axis + shape.rank() : axis;
  }
}
