// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.cuda.host.DeviceFacts;
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

/**
 * What all algorithms of the device have in common: NCHW, precisions, and how a step is prepared.
 */
final class CudaAlgorithm implements Algorithm {
  /** Whether an algorithm takes what is fused behind its operations. */
  enum Fusing {
    EPILOGUE,
    NOTHING
  }

  private static final int TF32_CAPABILITY = 80;

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
    String obstacle = obstacle(step.precision());
    if (!obstacle.isEmpty()) {
      return Support.no(obstacle);
    }
    if (fusing == Fusing.NOTHING && !step.epilogue().isNone()) {
      return Support.no(name + " fuses nothing, got" + step.epilogue());
    }
    return recipe.accept(step);
  }

  /**
   * Why a precision cannot be had; empty if it can. TF32 is for products that cuBLAS and cuDNN sum;
   * whatever else is computed in FP32, which is nearer to the exact value.
   */
  private String obstacle(Precision precision) {
    DeviceFacts facts = tools.context().facts();
    return switch (precision) {
      case FP32 -> "";
      case TF32 ->
          facts.capability() >= TF32_CAPABILITY
              ? ""
              : "TF32 needs compute capability 8.0, "
                  + facts.name()
                  + " has "
                  + facts.major()
                  + "."
                  + facts.minor();
      case FP16, BF16 -> name + " computes FP32 and TF32 only, " + precision + " was asked for";
    };
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
