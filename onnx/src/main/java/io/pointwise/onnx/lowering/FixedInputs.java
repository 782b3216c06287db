// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.onnx.OnnxValue;
import io.pointwise.onnx.graph.Graph;
import io.pointwise.onnx.graph.GraphNode;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The inputs of a model whose values, not just their shapes, must be known when it is planned: a
 * shape to reshape to, axes, weights that come as inputs. Found by going back from the places that
 * need it.
 */
public final class FixedInputs {
  private final Map<String, GraphNode> producers = new HashMap<>();
  private final Set<String> seen = new HashSet<>();

  private FixedInputs(Graph graph) {
    for (GraphNode node : graph.nodes()) {
      node.outputs().forEach(output -> producers.put(output, node));
    }
  }

  /** Their names, in the order of the model's inputs. */
  public static Set<String> of(Graph graph) {
    FixedInputs search = new FixedInputs(graph);
    for (GraphNode node : graph.nodes()) {
      for (int place : Operators.of(node).fixed()) {
        if (place < node.inputs().size()) {
          search.need(node.inputs().get(place));
        }
      }
    }
    Set<String> fixed = new LinkedHashSet<>();
    for (OnnxValue input : graph.inputs()) {
      if (search.seen.contains(input.name())) {
        fixed.add(input.name());
      }
    }
    return fixed;
  }

  /** A loop over a list of what is left to do: graphs may be deeper than the stack. */
  private void need(String value) {
    ArrayDeque<String> left = new ArrayDeque<>();
    left.add(value);
    while (!left.isEmpty()) {
      String name = left.remove();
      if (name.isEmpty() || !seen.add(name)) {
        continue;
      }
      GraphNode producer = producers.get(name);
      // Of these two only the shape of the input matters.
      if (producer != null
          && !producer.operator().equals("Shape")
          && !producer.operator().equals("Size")) {
        left.addAll(producer.inputs());
      }
    }
  }
}
