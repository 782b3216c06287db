// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.device.Algorithm;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Precision;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Operation;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.util.List;

/** What all algorithms of the device have in common: NCHW, FP32, and how a step is prepared. */
final class CudaAlgorithm implements Algorithm {
  /** Whether an algorithm takes what is fused behind its operations. */
  enum Fusing {
    EPILOGUE,
    NOTHING
  }

  private final String name;
  private final Fusing fusing;
  private final List<Class<? extends Operation>> operations;
  private final Recipe recipe;
  private final Tools tools;

  CudaAlgorithm(
      String name,
      Fusing fusing,
      List<Class<? extends Operation>> operations,
      Recipe recipe,
      Tools tools) {
    this.name = name;
    this.fusing = fusing;
    this.operations = List.copyOf(operations);
    this.recipe = recipe;
    this.tools = tools;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Support check(Step step) {
    if (operations.stream().noneMatch(type -> type.isInstance(step.operation()))) {
      return Support.otherOperation(name, step);
    }
    if (step.precision() != Precision.FP32) {
      return Support.no(name + " computes FP32 only, " + step.precision() + " was asked for");
    }
    if (fusing == Fusing.NOTHING && !step.epilogue().isNone()) {
      return Support.no(name + " fuses nothing, got" + step.epilogue());
    }
    return recipe.accept(step);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    long elements = choice.workspaceBytes() / Float.BYTES;
    for (Shape shape : weights.shapes().values()) {
      elements = Math.max(elements, shape.elements());
    }
    StepBuilder builder = new StepBuilder(tools, step, choice.workspaceBytes(), elements);
    try {
      recipe.build(step, weights, builder);
      return builder.build();
    } catch (RuntimeException | Error e) {
      builder.owned().close();
      throw e;
    }
  }
}
