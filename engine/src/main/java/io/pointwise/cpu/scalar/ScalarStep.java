// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.device.Epilogue;
import io.pointwise.device.Precision;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Operation;
import io.pointwise.layer.Role;
import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * An operation and what is fused behind it, one pass after the other over the output. Safe to run
 * by several threads at once.
 */
public final class ScalarStep {
  private final ScalarOperation operation;
  private final Epilogue epilogue;
  private final Precision precision;
  private final Workers workers;

  /**
   * @param operands shapes of the operation's inputs, without the residual
   * @param output shape of the output
   * @param weights of the operation
   * @param allowance what a device may do differently
   */
  public ScalarStep(
      Operation operation,
      List<Shape> operands,
      Shape output,
      Epilogue epilogue,
      Map<Role, Field> weights,
      Allowance allowance,
      Workers workers) {
    this.operation = ScalarOperations.of(operation, operands, output, weights, allowance, workers);
    this.epilogue = epilogue;
    this.precision = allowance.precision();
    this.workers = workers;
  }

  /**
   * Products that are summed behind one output element of a convolution or linear layer; 0 for the
   * others.
   */
  public long terms() {
    return operation.terms();
  }

  /** Sets every element of the output; the residual, if there is one, is the last input. */
  public void run(List<Field> inputs, Field output) {
    if (epilogue.residual()) {
      operation.run(inputs.subList(0, inputs.size() - 1), output);
      addResidual(inputs.getLast(), output);
    } else {
      operation.run(inputs, output);
    }
    ActivationFunction activation = epilogue.activation();
    if (activation != null) {
      Activating.apply(activation, output, output, workers);
    }
  }

  /**
   * The residual may come first in the sum of a convolution, hence rounds as often as the products
   * do: {@code γ_{K+2}}. Behind the convolution it is one addition.
   */
  private void addResidual(Field residual, Field output) {
    double gamma = Rounding.ofAdditions(operation.terms() + 2, precision);
    Tasks.overElements(
        workers,
        output.shape().elements(),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            double value = output.value(i);
            double error = output.error(i);
            double r = residual.value(i);
            double residualError = residual.error(i);
            double ownError =
                gamma * (Math.abs(r) + residualError)
                    + Rounding.U * (Math.abs(value) + error)
                    + Rounding.TINY;
            output.set(i, value + r, error + residualError + ownError);
          }
        });
  }
}
