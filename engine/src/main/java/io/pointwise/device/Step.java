// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Operation;
import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * One step of a plan, as an algorithm is asked about it: an operation with its shapes and what is
 * fused behind it.
 *
 * @param name of the layer whose output the step gives
 * @param operation what is computed
 * @param inputs shapes of the inputs; the residual, if any, last
 * @param output shape of the output
 * @param epilogue what is fused behind
 * @param precision arithmetic that was asked for
 */
public record Step(
    String name,
    Operation operation,
    List<Shape> inputs,
    Shape output,
    Epilogue epilogue,
    Precision precision) {
  public Step {
    inputs = List.copyOf(inputs);
  }

  /** The first input's shape. */
  public Shape input() {
    return inputs.getFirst();
  }

  /** Inputs of the operation itself, without the residual. */
  public List<Shape> operands() {
    return epilogue.residual() ? inputs.subList(0, inputs.size() - 1) : inputs;
  }

  /**
   * The convolution with its sizes.
   *
   * @throws IllegalStateException if the operation is not a {@link Conv2d}
   */
  public ConvSpec conv() {
    if (operation instanceof Conv2d conv) {
      return conv.spec(input());
    }
    throw new IllegalStateException(
        "step " + name + " is a " + operation.kind() + ", not a conv2d");
  }

  /** The operation and what is fused behind it. */
  public String describe() {
    return operation.kind() + epilogue;
  }
}
