// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import io.pointwise.device.DeviceBuffer;
import io.pointwise.device.Step;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.GroupNorm;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.ValueLayout;

/** Normalisations. */
public final class Normalizing {
  private Normalizing() {}

  public static void batchNorm(Step step, Weights weights, StepOutline outline) {
    Shape shape = step.output();
    outline
        .launch("batch_norm")
        .input(0)
        .output()
        .buffer(factors(weights, ((BatchNorm) step.operation()).epsilon(), outline))
        .buffer(outline.weights(weights.get(Role.MEAN)))
        .buffer(outline.weights(weights.get(Role.SHIFT)))
        .indices(shape.elements(2, shape.rank()), shape.dim(1))
        .items(shape.elements())
        .epilogue()
        .add();
  }

  /** {@code scale / √(variance + epsilon)}, rounded once. */
  private static DeviceBuffer factors(Weights weights, float epsilon, StepOutline outline) {
    Tensor scale = weights.get(Role.SCALE);
    Tensor variance = weights.get(Role.VARIANCE);
    return outline.packed(
        scale.shape().elements(),
        target -> {
          for (long c = 0; c < scale.shape().elements(); c++) {
            double factor = scale.get(c) / Math.sqrt((double) variance.get(c) + epsilon);
            target.setAtIndex(ValueLayout.JAVA_FLOAT, c, (float) factor);
          }
        });
  }

  public static void lrn(Step step, Weights weights, StepOutline outline) {
    LocalResponseNorm norm = (LocalResponseNorm) step.operation();
    Shape shape = step.output();
    outline
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

  /**
   * Group normalisation in two launches; mean and factor of each group go through the scratch
   * memory.
   */
  public static void groups(Step step, Weights weights, StepOutline outline) {
    GroupNorm norm = (GroupNorm) step.operation();
    Shape shape = step.output();
    if (shape.elements() == 0) {
      return;
    }
    long pixels = shape.elements(2, shape.rank());
    long elements = shape.dim(1) / norm.groups() * pixels;
    outline
        .launch("group_statistics")
        .input(0)
        .workspace()
        .index(elements)
        .number(norm.epsilon())
        .lines(count(step), elements)
        .add();
    outline
        .launch("group_norm")
        .input(0)
        .workspace()
        .output()
        .buffer(outline.weights(weights.get(Role.SCALE)))
        .buffer(outline.weights(weights.get(Role.SHIFT)))
        .indices(elements, pixels, shape.dim(1))
        .items(shape.elements())
        .add();
  }

  /** Floats of scratch memory that {@link #groups} needs. */
  public static long groupWorkspaceElements(Step step) {
    return 2 * count(step);
  }

  private static long count(Step step) {
    return (long) step.input().dim(0) * ((GroupNorm) step.operation()).groups();
  }
}
