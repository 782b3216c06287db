// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.graph;

import io.pointwise.onnx.OnnxValue;
import io.pointwise.onnx.TypedTensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The graph of a model: every node reads only what is there before it.
 *
 * @param name of the model
 * @param opset version of ONNX's own operators
 * @param inputs that a caller gives: those without an initialiser
 * @param outputs that a caller gets
 * @param initialisers tensors that the model brings
 * @param nodes in an order in which they can run
 */
public record Graph(
    String name,
    int opset,
    List<OnnxValue> inputs,
    List<OnnxValue> outputs,
    Map<String, TypedTensor> initialisers,
    List<GraphNode> nodes) {
  public Graph {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    initialisers = Collections.unmodifiableMap(new LinkedHashMap<>(initialisers));
    nodes = List.copyOf(nodes);
  }
}
