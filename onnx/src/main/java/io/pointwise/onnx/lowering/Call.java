// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Layer;
import io.pointwise.network.Weights;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.OnnxException;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.onnx.UnsupportedOnnxException;
import io.pointwise.onnx.file.TensorReader;
import io.pointwise.onnx.graph.Attributes;
import io.pointwise.onnx.graph.GraphNode;
import io.pointwise.onnx.lowering.Value.Known;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A node while it is lowered: its inputs as values, its attributes, and the draft it adds to. */
final class Call {
  private final GraphNode node;
  private final int opset;
  private final List<@Nullable Value> inputs;
  private final Draft draft;
  private final TensorReader tensors;
  private final Predicate<String> wanted;
  private boolean named;

  Call(
      GraphNode node,
      int opset,
      List<@Nullable Value> inputs,
      Draft draft,
      TensorReader tensors,
      Predicate<String> wanted) {
    this.node = node;
    this.opset = opset;
    this.inputs = inputs;
    this.draft = draft;
    this.tensors = tensors;
    this.wanted = wanted;
  }

  int opset() {
    return opset;
  }

  Draft draft() {
    return draft;
  }

  TensorReader tensors() {
    return tensors;
  }

  Attributes attributes() {
    return node.attributes();
  }

  String describe() {
    return node.describe();
  }

  // --- Inputs and outputs.

  int inputCount() {
    return inputs.size();
  }

  /** Outputs up to the last one that somebody reads. */
  int outputCount() {
    int count = node.outputs().size();
    while (count > 0 && !wanted.test(node.outputs().get(count - 1))) {
      count--;
    }
    return count;
  }

  /** Outputs as the file lists them, those that nobody wants included. */
  int declaredOutputs() {
    return node.outputs().size();
  }

  boolean has(int place) {
    return place < inputs.size() && inputs.get(place) != null;
  }

  Value input(int place) {
    Value value = place < inputs.size() ? inputs.get(place) : null;
    if (value == null) {
      throw invalid("input " + place + " is missing");
    }
    return value;
  }

  /** The first input. */
  Value input() {
    return input(0);
  }

  /** All inputs. */
  List<Value> allInputs() {
    if (inputs.isEmpty()) {
      throw invalid("it has no inputs");
    }
    return IntStream.range(0, inputs.size()).mapToObj(this::input).toList();
  }

  /**
   * An input that must be known by now.
   *
   * @param what it is, for the message
   */
  TypedTensor known(int place, String what) {
    if (input(place) instanceof Known known) {
      return known.tensor();
    }
    throw unsupported("its " + what + " is computed at run time, from what is not known before");
  }

  /** Whole numbers of a known input. */
  List<Long> integers(int place, String what) {
    TypedTensor tensor = known(place, what);
    if (!tensor.type().isInteger()) {
      throw invalid("its " + what + " is of type " + tensor.type() + ", must be whole numbers");
    }
    return Arrays.stream(tensor.integers()).boxed().toList();
  }

  /** The single number of a known input. */
  double number(int place, String what) {
    TypedTensor tensor = known(place, what);
    if (tensor.shape().elements() != 1) {
      throw invalid("its " + what + " has shape " + tensor.shape() + ", must be a single number");
    }
    return tensor.value(0);
  }

  /** A known input of a floating-point type, for weights. */
  Tensor weight(int place, String what) {
    TypedTensor tensor = known(place, what);
    if (!tensor.type().isFloat()) {
      throw unsupported("its " + what + " is of type " + tensor.type() + ", must be float32");
    }
    return tensor.toTensor();
  }

  /** Memory for weights that are made of others, or of nothing. */
  Tensor zeros(int... dims) {
    return draft.zeros("weights of " + node.describe(), Shape.of(dims));
  }

  // --- Layers.

  /** What a layer makes of the operands, as the type of the first one. */
  Value apply(Layer layer, Value... operands) {
    return apply(layer, Weights.none(), operands[0].type(), operands);
  }

  Value apply(Layer layer, ElementType type, Value... operands) {
    return apply(layer, Weights.none(), type, operands);
  }

  Value apply(Layer layer, Weights weights, ElementType type, Value... operands) {
    boolean known = Arrays.stream(operands).allMatch(Known.class::isInstance);
    return draft.apply(
        known ? node.name() : layerName(layer.kind()),
        layer,
        weights,
        type,
        Arrays.asList(operands));
  }

  /** Applies a function to every element. */
  Value map(ActivationFunction function, Value value) {
    return apply(new Activation(function), value);
  }

  Value map(ActivationFunction function, ElementType type, Value value) {
    return apply(new Activation(function), type, value);
  }

  /** A view of the same elements. */
  Value reshape(Value value, Shape shape) {
    return draft.reshape(node.name() + "/view", value, shape);
  }

  Value reshape(Value value, int... dims) {
    return reshape(value, Shape.of(dims));
  }

  /** The first layer of a node has its name; what else it takes is named after what it does. */
  private String layerName(String kind) {
    if (named) {
      return node.name() + "/" + kind;
    }
    named = true;
    return node.name();
  }

  // --- Numbers as values.

  /** A single number of the type of another value, which it is to be combined with. */
  Value scalar(Value like, double number) {
    return new Known(
        like.type().isFloat() || like.type() == ElementType.DOUBLE
            ? TypedTensor.of(like.type(), Shape.of(), number)
            : TypedTensor.of(like.type(), Shape.of(), (long) number));
  }

  /** What integer arithmetic gave, as the type has it; other types as they are. */
  Value wrapped(Value value) {
    ElementType type = value.type();
    return type.isInteger()
        ? map(new ActivationFunction.WrapInteger(type.bytes() * Byte.SIZE, type.isSigned()), value)
        : value;
  }

  // --- Axes and failures.

  /** An axis from 0, of one that may count from the end. */
  int axis(long axis, int rank) {
    long index = axis < 0 ? axis + rank : axis;
    if (index < 0 || index >= rank) {
      throw invalid("axis " + axis + " is outside a tensor of rank " + rank);
    }
    return (int) index;
  }

  /** The attribute's text, which must be one of these. */
  String choice(String attribute, String otherwise, String... legal) {
    String text = attributes().text(attribute, otherwise);
    if (!Arrays.asList(legal).contains(text)) {
      throw unsupported(
          "attribute "
              + attribute
              + " is \""
              + text
              + "\"; supported are "
              + Arrays.stream(legal).collect(Collectors.joining(", ")));
    }
    return text;
  }

  OnnxException invalid(String problem) {
    return new OnnxException(node.describe() + ": " + problem);
  }

  UnsupportedOnnxException unsupported(String reason) {
    return new UnsupportedOnnxException(node.name(), node.operator(), reason);
  }
}
