// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.graph;

import java.util.List;

/**
 * A node of the graph.
 *
 * @param name unique or not, never blank
 * @param domain of the operator; empty for ONNX's own
 * @param operator as {@code Conv}
 * @param inputs names of values; empty for an optional one that is left out
 * @param outputs names of values; empty for one that nobody wants
 * @param attributes of the operator
 */
public record GraphNode(
    String name,
    String domain,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Attributes attributes) {
  public GraphNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** As {@code node conv1 (Conv)}. */
  public String describe() {
    return "node " + name + " (" + operator + ")";
  }
}
