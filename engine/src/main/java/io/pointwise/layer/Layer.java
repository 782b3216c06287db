// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * One layer of a CNN: what it computes, without its weights and without the size of its input.
 *
 * <p>Each layer knows the shape of its output, the weights that it needs and its cost, for given
 * input shapes. All methods that take input shapes throw {@link InvalidSpecException} for shapes
 * that cannot be.
 */
public sealed interface Layer extends Operation
    permits Conv2d,
        ConvTranspose2d,
        Linear,
        MaxPool2d,
        AvgPool2d,
        GlobalPool2d,
        Activation,
        PRelu,
        Softmax,
        BatchNorm,
        LocalResponseNorm,
        Concat,
        Add,
        Mul,
        Elementwise,
        Where,
        Constant,
        MatMul,
        GroupNorm,
        Reduce,
        ArgReduce,
        MaxPoolIndices,
        Pad,
        Resize,
        Gather,
        GatherElements,
        StridedLayer,
        Flatten,
        Reshape,
        Dropout {

  /** The weights that the layer needs, by role; empty for most layers. */
  default Map<Role, Shape> weights(List<Shape> inputs) {
    return Map.of();
  }

  /**
   * Multiply-accumulates; zero for all but convolutions and linear layers, as the literature
   * counts.
   */
  default long macs(List<Shape> inputs) {
    return 0;
  }

  /** Parameters, MACs and bytes. */
  default Cost cost(List<Shape> inputs) {
    long parameters = 0;
    long elements = outputShape(inputs).elements();
    for (Shape input : inputs) {
      elements = Check.sum("number of elements", elements, input.elements());
    }
    for (Map.Entry<Role, Shape> weight : weights(inputs).entrySet()) {
      elements = Check.sum("number of elements", elements, weight.getValue().elements());
      if (weight.getKey().isParameter()) {
        parameters += weight.getValue().elements();
      }
    }
    return new Cost(
        parameters, macs(inputs), Check.product("number of bytes", elements, Float.BYTES));
  }
}
