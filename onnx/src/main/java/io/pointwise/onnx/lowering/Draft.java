// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.Constant;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Reshape;
import io.pointwise.layer.Role;
import io.pointwise.network.Network;
import io.pointwise.network.Weights;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.OnnxException;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.onnx.file.Budget;
import io.pointwise.onnx.file.Dimensions;
import io.pointwise.onnx.lowering.Value.Computed;
import io.pointwise.onnx.lowering.Value.Known;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The network as it grows, layer by layer. What is known already is computed at once and becomes no
 * layer; views of views become one; in the end only the layers stay that an output needs.
 */
final class Draft {
  /** A layer in its place. */
  record Entry(String name, Layer layer, Weights weights, List<String> reads, Shape shape) {}

  private final Map<String, Shape> inputs = new LinkedHashMap<>();
  private final Map<String, Entry> layers = new LinkedHashMap<>();
  private final Map<TypedTensor, Computed> constants = new HashMap<>();
  private final Budget budget;
  private final Folding folding;

  /** How often a name was wished for: the next one of it gets the next number. */
  private final Map<String, Integer> wishes = new HashMap<>();

  /**
   * @param budget for what is computed on the way
   * @param given elements of all tensors that the model brings
   */
  Draft(Budget budget, long given) {
    this.budget = budget;
    this.folding = new Folding(budget, given);
  }

  /** Memory for weights that are made of what is known. */
  Tensor zeros(String what, Shape shape) {
    budget.take(what, ElementType.FLOAT, shape);
    return Tensor.zeros(shape);
  }

  /** Takes the memory of a tensor that is known. */
  void take(String what, ElementType type, Shape shape) {
    budget.take(what, type, shape);
  }

  /** Adds an input of the network. */
  Computed input(String name, ElementType type, Shape shape) {
    inputs.put(name, shape);
    return new Computed(name, shape, type);
  }

  /**
   * What a layer makes of these operands.
   *
   * @param name that the layer should have
   * @param type that the result stands for
   */
  Value apply(
      String name, Layer layer, Weights weights, ElementType type, List<? extends Value> operands) {
    List<Shape> shapes = operands.stream().map(Value::shape).toList();
    Shape shape = layer.outputShape(shapes);
    Dimensions.requireRank("its result", shape.rank());
    Map<Role, Shape> wanted = new TreeMap<>(layer.weights(shapes));
    Map<Role, Shape> given = new TreeMap<>(weights.shapes());
    if (!wanted.equals(given)) {
      throw new OnnxException(layer.kind() + " needs weights " + wanted + ", got " + given);
    }
    if (shape.elements() == 0) {
      // Nothing is computed, and devices need not know how to.
      return new Known(Folding.empty(type, shape));
    }
    List<TypedTensor> known = known(operands);
    if (known != null && folding.canFold(layer, shapes, shape)) {
      return new Known(folding.fold(layer, weights, type, known, shape));
    }
    List<String> reads = operands.stream().map(each -> computed(name, each).name()).toList();
    return add(new Entry(unused(name), layer, weights, reads, shape), type);
  }

  /** The same elements under another shape; costs nothing. */
  Value reshape(String name, Value value, Shape shape) {
    if (value.shape().equals(shape)) {
      return value;
    }
    Dimensions.requireRank("its result", shape.rank());
    return switch (value) {
      case Known known -> new Known(known.tensor().reshape(shape));
      case Computed computed -> view(name, computed, shape);
    };
  }

  private Computed view(String name, Computed value, Shape shape) {
    Entry producer = layers.get(value.name());
    String read = value.name();
    if (producer != null && producer.layer() instanceof Reshape) {
      read = producer.reads().getFirst();
    }
    Shape seen = shapeOf(read);
    if (seen.equals(shape)) {
      return new Computed(read, shape, value.type());
    }
    Reshape layer = Reshape.to(shape);
    return add(new Entry(unused(name), layer, Weights.none(), List.of(read), shape), value.type());
  }

  /** Shape of an input or layer. */
  Shape shapeOf(String name) {
    Entry entry = layers.get(name);
    Shape shape = entry == null ? inputs.get(name) : entry.shape();
    if (shape == null) {
      throw new IllegalStateException("the draft has no value named " + name);
    }
    return shape;
  }

  /** The value as something that layers can read: a known tensor becomes a constant. */
  Computed computed(String reader, Value value) {
    return switch (value) {
      case Computed computed -> computed;
      case Known known -> {
        Computed there = constants.get(known.tensor());
        if (there == null) {
          if (!known.type().isFloat()) {
            budget.take("a constant", ElementType.FLOAT, known.shape());
          }
          Constant layer = new Constant(known.shape());
          Weights weights = Weights.of(Map.of(Role.VALUE, known.tensor().toTensor()));
          there =
              add(
                  new Entry(unused(reader + "/constant"), layer, weights, List.of(), known.shape()),
                  known.type());
          constants.put(known.tensor(), there);
        }
        yield there;
      }
    };
  }

  /** The layer that gives a value; null for inputs and known tensors. */
  @Nullable Entry producer(Value value) {
    return value instanceof Computed computed ? layers.get(computed.name()) : null;
  }

  /** The layer that gives what the first operand of another one is; null for inputs. */
  @Nullable Entry producer(Entry reader) {
    return reader.reads().isEmpty() ? null : layers.get(reader.reads().getFirst());
  }

  /** The network of all inputs and the layers that these outputs need. */
  Network network(String name, List<String> outputs) {
    Set<String> needed = new HashSet<>(outputs);
    for (Entry entry : List.copyOf(layers.values()).reversed()) {
      if (needed.contains(entry.name())) {
        needed.addAll(entry.reads());
      }
    }
    Network.Graph graph = Network.graph(name);
    if (inputs.isEmpty()) {
      // A network needs an input: of what is too much to be computed on loading, one that it does
      // not read.
      input(unused("nothing"), ElementType.FLOAT, Shape.of(1));
    }
    inputs.forEach(graph::input);
    for (Entry entry : layers.values()) {
      if (needed.contains(entry.name())) {
        graph.add(entry.name(), entry.layer(), entry.weights(), entry.reads());
      }
    }
    return graph.build(outputs);
  }

  private Computed add(Entry entry, ElementType type) {
    layers.put(entry.name(), entry);
    return new Computed(entry.name(), entry.shape(), type);
  }

  private String unused(String name) {
    String free = name;
    while (layers.containsKey(free) || inputs.containsKey(free)) {
      free = name + "-" + wishes.merge(name, 2, (count, _) -> count + 1);
    }
    return free;
  }

  private static @Nullable List<TypedTensor> known(List<? extends Value> operands) {
    List<TypedTensor> tensors = new ArrayList<>();
    for (Value operand : operands) {
      if (!(operand instanceof Known known)) {
        return null;
      }
      tensors.add(known.tensor());
    }
    return tensors;
  }
}
