// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.Arrays;

/** Short names for tensors in tests. */
final class Tensors {
  private Tensors() {}

  static Shape shape(int... dims) {
    return Shape.of(dims);
  }

  static TypedTensor floats(Shape shape, double... values) {
    return TypedTensor.of(ElementType.FLOAT, shape, values);
  }

  /** A list. */
  static TypedTensor floats(double... values) {
    return floats(Shape.of(values.length), values);
  }

  static TypedTensor integers(ElementType type, Shape shape, long... values) {
    return TypedTensor.of(type, shape, values);
  }

  /** A list of int64. */
  static TypedTensor int64(long... values) {
    return TypedTensor.of(ElementType.INT64, Shape.of(values.length), values);
  }

  static TypedTensor scalar(double value) {
    return floats(Shape.of(), value);
  }

  static TypedTensor scalar(ElementType type, long value) {
    return TypedTensor.of(type, Shape.of(), value);
  }

  /** Elements 0, 1, 2, … */
  static TypedTensor counting(int... dims) {
    Shape shape = Shape.of(dims);
    double[] values = new double[(int) shape.elements()];
    Arrays.setAll(values, i -> i);
    return floats(shape, values);
  }

  /** Small whole numbers that look random: sums and products of them are exact in float32. */
  static TypedTensor small(long seed, int... dims) {
    java.util.Random random = new java.util.Random(seed);
    Shape shape = Shape.of(dims);
    double[] values = new double[(int) shape.elements()];
    Arrays.setAll(values, _ -> random.nextInt(9) - 4);
    return floats(shape, values);
  }

  /** All elements as float64. */
  static double[] values(TypedTensor tensor) {
    double[] values = new double[(int) tensor.shape().elements()];
    Arrays.setAll(values, tensor::value);
    return values;
  }

  static Tensor tensor(Shape shape, float... values) {
    return Tensor.of(shape, values);
  }
}
