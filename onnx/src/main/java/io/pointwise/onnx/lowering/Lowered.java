// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.network.Network;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.TypedTensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model for inputs of certain shapes, as a network and what is known without it.
 *
 * @param network of what must be computed; null if all outputs are known
 * @param inputs names of the model's inputs that are the network's, in its order
 * @param outputs of the model, in its order
 */
public record Lowered(@Nullable Network network, List<String> inputs, List<Output> outputs) {
  public Lowered {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * An output of the model.
   *
   * @param name in the model
   * @param type of its elements
   * @param known its value where it needs no computation, else null
   * @param place in the network's outputs; −1 for a known one
   */
  public record Output(String name, ElementType type, @Nullable TypedTensor known, int place) {}
}
