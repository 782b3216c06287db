// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;

/** What a name of the graph stands for while it is lowered. */
sealed interface Value {
  ElementType type();

  Shape shape();

  /**
   * A tensor that is known before anything runs.
   *
   * @param tensor with its data
   */
  record Known(TypedTensor tensor) implements Value {
    @Override
    public ElementType type() {
      return tensor.type();
    }

    @Override
    public Shape shape() {
      return tensor.shape();
    }
  }

  /**
   * What a layer of the network gives, or an input of it.
   *
   * @param name of the layer or input
   * @param shape of the tensor
   * @param type that its float32 numbers stand for
   */
  record Computed(String name, Shape shape, ElementType type) implements Value {}
}
