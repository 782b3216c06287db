// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.Step;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Gather;
import io.pointwise.layer.GatherElements;
import io.pointwise.layer.StridedLayer;
import io.pointwise.layer.StridedMap;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;

/** Operations that move elements about and compute nothing. */
final class Moving {
  private Moving() {}

  static void copy(Step step, Weights weights, StepBuilder builder) {
    builder.copy();
  }

  static void strided(Step step, Weights weights, StepBuilder builder) {
    StridedMap map = ((StridedLayer) step.operation()).map(step.input());
    Nest nest = new Nest(1);
    for (int k = 0; k < map.counts().size(); k++) {
      nest.loop(map.counts().get(k), map.steps().get(k));
    }
    builder
        .launch("strided")
        .input(0)
        .output()
        .buffer(builder.table(nest.table()))
        .integer(nest.rank())
        .index(map.offset())
        .items(step.output().elements())
        .add();
  }

  static void concat(Step step, Weights weights, StepBuilder builder) {
    Shape out = step.output();
    int axis = axis(((Concat) step.operation()).axis(), out);
    long stride = out.elements(axis, out.rank());
    long start = 0;
    for (int i = 0; i < step.inputs().size(); i++) {
      Shape input = step.inputs().get(i);
      long run = input.elements(axis, out.rank());
      builder
          .launch("concat")
          .input(i)
          .output()
          .indices(run, stride, start)
          .items(input.elements())
          .add();
      start += run;
    }
  }

  static void gather(Step step, Weights weights, StepBuilder builder) {
    Shape data = step.input();
    int axis = axis(((Gather) step.operation()).axis(), data);
    builder
        .launch("gather")
        .input(0)
        .input(1)
        .output()
        .indices(
            data.elements(axis + 1, data.rank()), step.inputs().get(1).elements(), data.dim(axis))
        .items(step.output().elements())
        .add();
  }

  static void gatherElements(Step step, Weights weights, StepBuilder builder) {
    Shape data = step.input();
    Shape indices = step.inputs().get(1);
    int axis = axis(((GatherElements) step.operation()).axis(), data);
    Nest lines = new Nest(1);
    for (int k = 0; k < data.rank(); k++) {
      lines.loop(indices.dim(k), k == axis ? 0 : data.elements(k + 1, data.rank()));
    }
    builder
        .launch("gather_elements")
        .input(0)
        .input(1)
        .output()
        .buffer(builder.table(lines.table()))
        .integer(lines.rank())
        .indices(data.elements(axis + 1, data.rank()), data.dim(axis))
        .items(step.output().elements())
        .add();
  }

  /** An axis that counts from 0. */
  static int axis(int axis, Shape shape) {
    return axis < 0 ? axis + shape.rank() : axis;
  }
}
