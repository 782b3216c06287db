// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.device.Epilogue;
import io.pointwise.device.Precision;
import io.pointwise.device.Step;
import io.pointwise.layer.Activation;
import io.pointwise.layer.Add;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Expand;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Mul;
import io.pointwise.layer.Reduce;
import io.pointwise.layer.Where;
import io.pointwise.network.Weights;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.onnx.file.Budget;
import io.pointwise.reference.Expected;
import io.pointwise.reference.Reference;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;

/**
 * Computes layers whose operands are known, while the model is loaded. What moves elements moves
 * any type; arithmetic on integers and float64 is exact in 64 bits, as shapes need it; all else is
 * computed by the reference, in double precision and rounded once.
 */
final class Folding {
  /** What any model may take, in the units of {@link FoldingWork}. */
  private static final long LEAST_ALLOWANCE = 1L << 22;

  /** What it may take besides, for each element that it brings: some passes over its weights. */
  private static final long PER_ELEMENT = 8;

  private final Budget budget;
  private long left;

  /**
   * @param given elements of all tensors that the model brings
   */
  Folding(Budget budget, long given) {
    this.budget = budget;
    this.left = LEAST_ALLOWANCE + PER_ELEMENT * given;
  }

  /**
   * Whether the layer is to be computed now. What takes longer is left to the device at run time,
   * so that loading takes no longer than the file is large, whatever the file asks for.
   */
  boolean canFold(Layer layer, List<Shape> inputs, Shape output) {
    if (isFill(layer, inputs)) {
      // As fast as memory is, and weights are written like that; the budget limits it.
      return true;
    }
    long work = FoldingWork.of(layer, inputs, output);
    if (work > left) {
      return false;
    }
    left -= work;
    return true;
  }

  /** The result, as {@code type}. */
  TypedTensor fold(
      Layer layer, Weights weights, ElementType type, List<TypedTensor> operands, Shape output) {
    budget.take("a constant result", type, output);
    if (isFill(layer, List.of(operands.getFirst().shape()))) {
      return Picking.fill(operands.getFirst(), output);
    }
    if (Movement.moves(layer)) {
      return Movement.move(layer, operands, output);
    }
    if (layer instanceof Where) {
      return Movement.choose(operands, output);
    }
    boolean wide =
        operands.stream().noneMatch(each -> each.type().isFloat())
            && (isElementwise(layer) || layer instanceof Reduce);
    return wide
        ? WideArithmetic.compute(layer, type, operands, output)
        : reference(layer, weights, type, operands, output);
  }

  /** A single number stretched to a shape. */
  private static boolean isFill(Layer layer, List<Shape> inputs) {
    return layer instanceof Expand && inputs.getFirst().elements() == 1;
  }

  /** A tensor of no elements. */
  static TypedTensor empty(ElementType type, Shape shape) {
    return type.isFloat() || type == ElementType.DOUBLE
        ? TypedTensor.of(type, shape, new double[0])
        : TypedTensor.of(type, shape, new long[0]);
  }

  private static boolean isElementwise(Layer layer) {
    return layer instanceof Add
        || layer instanceof Mul
        || layer instanceof Elementwise
        || layer instanceof Activation;
  }

  private static TypedTensor reference(
      Layer layer, Weights weights, ElementType type, List<TypedTensor> operands, Shape output) {
    List<Shape> shapes = operands.stream().map(TypedTensor::shape).toList();
    Step step = new Step("constant", layer, shapes, output, Epilogue.NONE, Precision.FP32);
    List<Tensor> tensors = operands.stream().map(TypedTensor::toTensor).toList();
    Expected expected = Reference.step(step, tensors, weights);
    Tensor result = Tensor.zeros(output);
    for (long i = 0; i < output.elements(); i++) {
      result.set(i, (float) expected.value(i));
    }
    return TypedTensor.ofComputed("a constant result of " + layer.kind(), type, result);
  }
}
