// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.device.Step;
import io.pointwise.device.kernel.Moving;
import io.pointwise.layer.Concat;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Concatenation: as many inputs in a launch as a kernel has arguments for. */
final class Joining {
  private static final int MOST_INPUTS = 8;

  private Joining() {}

  static void concat(Step step, Weights weights, StepBuilder builder) {
    Shape out = step.output();
    int axis = Moving.axis(((Concat) step.operation()).axis(), out);
    long stride = out.elements(axis, out.rank());
    long start = 0;
    List<Integer> together = new ArrayList<>();
    for (int i = 0; i < step.inputs().size(); i++) {
      if (step.inputs().get(i).elements() > 0) {
        together.add(i);
      }
    }
    for (int from = 0; from < together.size(); from += MOST_INPUTS) {
      List<Integer> inputs = together.subList(from, Math.min(together.size(), from + MOST_INPUTS));
      start = launch(inputs, start, stride, axis, builder);
    }
  }

  /** Returns where the next inputs begin in a run of the output. */
  private static long launch(
      List<Integer> inputs, long start, long stride, int axis, StepBuilder builder) {
    LaunchBuilder launch = builder.launch("concat").define("INPUTS", inputs.size());
    List<Long> ends = new ArrayList<>();
    long length = 0;
    for (int input : inputs) {
      Shape shape = builder.step().inputs().get(input);
      length += shape.elements(axis, shape.rank());
      ends.add(length);
      launch.input(input);
    }
    launch.output().buffer(builder.table(ends)).indices(length, stride, start);
    long runs = builder.step().output().elements(0, axis);
    launch.items(runs * length).add();
    return start + length;
  }
}
