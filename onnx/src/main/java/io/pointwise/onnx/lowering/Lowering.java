// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.InvalidSpecException;
import io.pointwise.network.Network;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.OnnxException;
import io.pointwise.onnx.OnnxValue;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.onnx.UnsupportedOnnxException;
import io.pointwise.onnx.file.Budget;
import io.pointwise.onnx.file.TensorReader;
import io.pointwise.onnx.graph.Graph;
import io.pointwise.onnx.graph.GraphNode;
import io.pointwise.onnx.lowering.Value.Computed;
import io.pointwise.onnx.lowering.Value.Known;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a graph into a network, for inputs of certain shapes: node by node in order, each by the
 * rule of its {@link Operator}. What does not depend on what runs is computed on the way, so that
 * arithmetic on shapes leaves no trace.
 */
public final class Lowering {
  /** Operators that may have float64 operands at run time: they only look at it, or end it. */
  private static final Set<String> TAKE_DOUBLE = Set.of("Cast", "Shape", "Size");

  private final Graph graph;
  private final Draft draft;
  private final TensorReader tensors;
  private final Map<String, Value> values = new HashMap<>();
  private final List<String> inputs = new ArrayList<>();
  private final Set<String> wanted = new HashSet<>();

  private Lowering(Graph graph, Map<String, TypedTensor> fixed, Budget budget) {
    this.graph = graph;
    this.draft = new Draft(budget, elements(graph, fixed));
    this.tensors = TensorReader.inline(budget);
    graph.initialisers().forEach((name, tensor) -> values.put(name, new Known(tensor)));
  }

  /**
   * The network.
   *
   * @param shapes of the inputs, by name
   * @param fixed values of those inputs whose values matter, by name
   * @throws OnnxException if the graph does not fit together or uses what is not supported
   */
  public static Lowered lower(
      Graph graph, Map<String, Shape> shapes, Map<String, TypedTensor> fixed, Budget budget) {
    Lowering lowering = new Lowering(graph, fixed, budget);
    lowering.addInputs(shapes, fixed);
    for (GraphNode node : lowering.needed()) {
      lowering.add(node);
    }
    return lowering.result();
  }

  /**
   * Looks for what is not supported where shapes are not known yet: with these guesses, leaving out
   * whatever they do not fit.
   *
   * @throws UnsupportedOnnxException if something is not supported, whatever the shapes
   */
  public static void requireSupported(Graph graph, Map<String, Shape> guesses, Budget budget) {
    Lowering lowering = new Lowering(graph, Map.of(), budget);
    lowering.addInputs(guesses, Map.of());
    for (GraphNode node : lowering.needed()) {
      boolean inputsThere =
          node.inputs().stream()
              .allMatch(input -> input.isEmpty() || lowering.values.containsKey(input));
      if (inputsThere) {
        lowering.addIfFits(node);
      }
    }
  }

  private static long elements(Graph graph, Map<String, TypedTensor> fixed) {
    return Stream.concat(graph.initialisers().values().stream(), fixed.values().stream())
        .mapToLong(tensor -> tensor.shape().elements())
        .sum();
  }

  private void addIfFits(GraphNode node) {
    try {
      add(node);
    } catch (OnnxException e) {
      if (e instanceof UnsupportedOnnxException) {
        throw e;
      }
      // Else the guess does not fit; with true shapes this node will be looked at again.
    }
  }

  private void addInputs(Map<String, Shape> shapes, Map<String, TypedTensor> fixed) {
    for (OnnxValue input : graph.inputs()) {
      TypedTensor known = fixed.get(input.name());
      Shape shape = shapes.get(input.name());
      if (known != null) {
        values.put(input.name(), new Known(known));
      } else if (shape != null && shape.elements() == 0) {
        values.put(input.name(), new Known(Folding.empty(input.type(), shape)));
      } else if (shape != null) {
        inputs.add(input.name());
        values.put(input.name(), draft.input(input.name(), input.type(), shape));
      }
    }
  }

  /** The nodes that some output depends on, in order. */
  private List<GraphNode> needed() {
    graph.outputs().forEach(output -> wanted.add(output.name()));
    List<GraphNode> needed = new ArrayList<>();
    for (GraphNode node : graph.nodes().reversed()) {
      if (node.outputs().stream().anyMatch(wanted::contains)) {
        needed.add(node);
        wanted.addAll(node.inputs());
      }
    }
    return needed.reversed();
  }

  private void add(GraphNode node) {
    Operator operator = Operators.of(node);
    List<@Nullable Value> operands = new ArrayList<>();
    for (String input : node.inputs()) {
      operands.add(input.isEmpty() ? null : values.get(input));
    }
    requireTypes(node, operator, operands);
    requireAlike(node, operator, operands);
    Call call = new Call(node, graph.opset(), operands, draft, tensors, wanted::contains);
    List<Value> results;
    try {
      results = operator.rule().lower(call);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new OnnxException(node.describe() + ": " + e.getMessage(), e);
    } catch (OnnxException e) {
      if (e instanceof UnsupportedOnnxException
          || String.valueOf(e.getMessage()).startsWith(node.describe())) {
        throw e;
      }
      throw new OnnxException(node.describe() + ": " + e.getMessage(), e);
    }
    if (call.outputCount() > results.size()) {
      throw call.unsupported(
          "it has "
              + call.outputCount()
              + " outputs, of which "
              + results.size()
              + " are computed");
    }
    for (int i = 0; i < call.outputCount(); i++) {
      values.put(node.outputs().get(i), results.get(i));
    }
  }

  private static void requireTypes(
      GraphNode node, Operator operator, List<@Nullable Value> operands) {
    boolean allKnown = operands.stream().allMatch(each -> each == null || each instanceof Known);
    for (int place = 0; place < operands.size(); place++) {
      Value operand = operands.get(place);
      if (operand == null || operator.fixed().contains(place)) {
        continue;
      }
      ElementType type = operand.type();
      boolean takes =
          type == ElementType.DOUBLE
              ? (allKnown && operator.types() != Operator.Types.FLOATS)
                  || TAKE_DOUBLE.contains(node.operator())
              : switch (operator.types()) {
                case FLOATS -> type.isFloat();
                case NUMBERS -> type != ElementType.BOOL;
                case BOOLEANS -> type == ElementType.BOOL;
                case ANY -> true;
              };
      if (!takes) {
        throw new UnsupportedOnnxException(
            node.name(),
            node.operator(),
            "input " + place + " is of type " + type + ", which is not supported here");
      }
    }
  }

  private static void requireAlike(
      GraphNode node, Operator operator, List<@Nullable Value> operands) {
    Value first = null;
    int end = Math.min(operator.alike().end(), operands.size());
    for (int place = operator.alike().first(); place < end; place++) {
      Value operand = operands.get(place);
      if (operand == null) {
        continue;
      }
      first = first == null ? operand : first;
      if (operand.type() != first.type()) {
        throw new OnnxException(
            node.describe()
                + ": input "
                + place
                + " is of type "
                + operand.type()
                + ", another one of type "
                + first.type()
                + "; they must be alike");
      }
    }
  }

  private Lowered result() {
    List<Lowered.Output> outputs = new ArrayList<>();
    List<String> computed = new ArrayList<>();
    for (OnnxValue output : graph.outputs()) {
      Value value = values.get(output.name());
      if (value == null) {
        throw new OnnxException("output " + output.name() + " is computed by no node");
      }
      requireDeclared(output, value);
      switch (value) {
        case Known known ->
            outputs.add(new Lowered.Output(output.name(), value.type(), known.tensor(), -1));
        case Computed layer -> {
          outputs.add(new Lowered.Output(output.name(), value.type(), null, computed.size()));
          computed.add(layer.name());
        }
      }
    }
    return new Lowered(computed.isEmpty() ? null : network(computed), inputs, outputs);
  }

  private Network network(List<String> outputs) {
    try {
      return draft.network(graph.name(), outputs);
    } catch (InvalidSpecException e) {
      throw new OnnxException(graph.name() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Holds an output against what the file says of it. Files with dynamic inputs often name the
   * sizes that they were exported with, so only a model of one shape is held to it.
   */
  private void requireDeclared(OnnxValue output, Value value) {
    if (output.type() != value.type()) {
      throw new OnnxException(
          "output "
              + output.name()
              + " is declared as "
              + output.type()
              + " and computed as "
              + value.type());
    }
    boolean oneShape = graph.inputs().stream().allMatch(OnnxValue::isStatic);
    if (oneShape && !output.dims().isEmpty() && !output.accepts(value.shape())) {
      throw new OnnxException(
          "output "
              + output.name()
              + " is declared as "
              + output
              + " and computed with shape "
              + value.shape());
    }
  }
}
