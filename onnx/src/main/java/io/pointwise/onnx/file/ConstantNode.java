// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.file;

import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.OnnxException;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.onnx.UnsupportedOnnxException;
import io.pointwise.onnx.graph.Attributes;
import io.pointwise.onnx.graph.GraphNode;
import io.pointwise.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Constant} nodes: tensors that a model brings in another place than its initialisers. */
final class ConstantNode {
  private ConstantNode() {}

  static boolean is(GraphNode node) {
    return node.domain().isEmpty() && node.operator().equals("Constant");
  }

  static TypedTensor read(GraphNode node, TensorReader tensors) {
    Attributes attributes = node.attributes();
    if (attributes.names().size() != 1 || node.outputs().size() != 1) {
      throw new OnnxException(
          node.describe()
              + ": it has the attributes "
              + attributes.names()
              + " and outputs "
              + node.outputs()
              + ", must have one each");
    }
    String name = attributes.names().iterator().next();
    return switch (name) {
      case "value" -> tensor(node, tensors);
      case "value_float" ->
          TypedTensor.of(ElementType.FLOAT, Shape.of(), (double) attributes.number(name, 0));
      case "value_int" ->
          TypedTensor.of(ElementType.INT64, Shape.of(), attributes.integer(name, 0));
      case "value_floats" -> {
        List<Float> values = orEmpty(attributes.numbers(name));
        tensors.take(node.describe(), ElementType.FLOAT, Shape.of(values.size()));
        yield TypedTensor.of(
            ElementType.FLOAT,
            Shape.of(values.size()),
            values.stream().mapToDouble(Float::doubleValue).toArray());
      }
      case "value_ints" -> {
        List<Long> values = orEmpty(attributes.integers(name));
        tensors.take(node.describe(), ElementType.INT64, Shape.of(values.size()));
        yield TypedTensor.of(
            ElementType.INT64,
            Shape.of(values.size()),
            values.stream().mapToLong(Long::longValue).toArray());
      }
      default ->
          throw new UnsupportedOnnxException(
              node.name(),
              node.operator(),
              "attribute "
                  + name
                  + " with value "
                  + attributes.describe(name)
                  + " is not supported");
    };
  }

  private static TypedTensor tensor(GraphNode node, TensorReader tensors) {
    var proto = node.attributes().tensor("value");
    if (proto == null) {
      throw new OnnxException(node.describe() + ": attribute value is missing");
    }
    if (ElementType.ofCode(proto.getDataType()).isEmpty()) {
      throw new UnsupportedOnnxException(
          node.name(),
          node.operator(),
          "tensors of type " + ElementType.labelOf(proto.getDataType()) + " are not supported");
    }
    return tensors.read(node.describe() + " attribute value", proto);
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
