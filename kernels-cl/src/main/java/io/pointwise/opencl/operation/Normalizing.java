// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.Step;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.GroupNorm;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.opencl.host.ClBuffer;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.ValueLayout;

/** Normalisations. */
final class Normalizing {
  private Normalizing() {}

  static void batchNorm(Step step, Weights weights, StepBuilder builder) {
    Shape shape = step.output();
    builder
        .launch("batch_norm")
        .input(0)
        .output()
        .buffer(factors(weights, ((BatchNorm) step.operation()).epsilon(), builder))
        .buffer(builder.weights(weights.get(Role.MEAN)))
        .buffer(builder.weights(weights.get(Role.SHIFT)))
        .indices(shape.elements(2, shape.rank()), shape.dim(1))
        .items(shape.elements())
        .epilogue()
        .add();
  }

  /** {@code scale / √(variance + epsilon)}, rounded once. */
  private static ClBuffer factors(Weights weights, float epsilon, StepBuilder builder) {
    Tensor scale = weights.get(Role.SCALE);
    Tensor variance = weights.get(Role.VARIANCE);
    return builder.packed(
        scale.shape().elements(),
        target -> {
          for (long c = 0; c < scale.shape().elements(); c++) {
            double factor = scale.get(c) / Math.sqrt((double) variance.get(c) + epsilon);
            target.setAtIndex(ValueLayout.JAVA_FLOAT, c, (float) factor);
          }
        });
  }

  static void lrn(Step step, Weights weights, StepBuilder builder) {
    LocalResponseNorm norm = (LocalResponseNorm) step.operation();
    Shape shape = step.output();
    builder
        .launch("local_response_norm")
        .input(0)
        .output()
        .indices(shape.elements(2, 4), shape.dim(1), (norm.size() - 1) / 2, norm.size() / 2)
        .number((float) ((double) norm.alpha() / norm.size()))
        .number(norm.beta())
        .number(norm.k())
        .items(shape.elements())
        .add();
  }

  /** Mean and factor of each group go through the scratch memory. */
  static final class Groups implements Recipe {
    @Override
    public long workspaceElements(Step step) {
      return 2L * groups(step);
    }

    private static long groups(Step step) {
      return (long) step.input().dim(0) * ((GroupNorm) step.operation()).groups();
    }

    @Override
    public void build(Step step, Weights weights, StepBuilder builder) {
      GroupNorm norm = (GroupNorm) step.operation();
      Shape shape = step.output();
      if (shape.elements() == 0) {
        return;
      }
      long pixels = shape.elements(2, shape.rank());
      long elements = shape.dim(1) / norm.groups() * pixels;
      builder
          .launch("group_statistics")
          .input(0)
          .workspace()
          .index(elements)
          .number(norm.epsilon())
          .lines(groups(step), elements)
          .add();
      builder
          .launch("group_norm")
          .input(0)
          .workspace()
          .output()
          .buffer(builder.weights(weights.get(Role.SCALE)))
          .buffer(builder.weights(weights.get(Role.SHIFT)))
          .indices(elements, pixels, shape.dim(1))
          .items(shape.elements())
          .add();
    }
  }
}
