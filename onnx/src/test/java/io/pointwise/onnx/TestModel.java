// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.pointwise.onnx.file.TensorWriter;
import java.util.Arrays;
import java.util.List;

/** Makes small models. Names are separated by commas; an empty one is an input left out. */
final class TestModel {
  /** Limits that small models stay far below. */
  static final LoadLimits LIMITS = new LoadLimits(64L << 20, 64L << 20);

  private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");

  private TestModel() {}

  /** A model without anything that uses this opset. */
  static TestModel opset(long version) {
    TestModel test = new TestModel();
    test.model.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(version));
    return test;
  }

  /** An input; dimension −1 is dynamic and has a name of its own. */
  TestModel input(String name, ElementType type, int... dims) {
    graph.addInput(value(name, type.code(), dims));
    return this;
  }

  TestModel output(String name, ElementType type, int... dims) {
    graph.addOutput(value(name, type.code(), dims));
    return this;
  }

  /** An output of which nothing but the type is said. */
  TestModel openOutput(String name, ElementType type) {
    graph.addOutput(
        ValueInfoProto.newBuilder()
            .setName(name)
            .setType(
                TypeProto.newBuilder()
                    .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.code()))));
    return this;
  }

  TestModel initialiser(String name, TypedTensor tensor) {
    return initialiser(TensorWriter.write(name, tensor));
  }

  TestModel initialiser(TensorProto tensor) {
    graph.addInitializer(tensor);
    return this;
  }

  /** A node that is named after its operator and its first output. */
  TestModel node(String operator, String inputs, String outputs, AttributeProto... attributes) {
    return node(
        NodeProto.newBuilder()
            .setName(operator.toLowerCase(java.util.Locale.ROOT) + "-" + names(outputs).getFirst())
            .setOpType(operator)
            .addAllInput(names(inputs))
            .addAllOutput(names(outputs))
            .addAllAttribute(Arrays.asList(attributes))
            .build());
  }

  TestModel node(NodeProto node) {
    graph.addNode(node);
    return this;
  }

  /** The graph, to do to it what this class does not. */
  GraphProto.Builder graph() {
    return graph;
  }

  /** The model, to do to it what this class does not. */
  ModelProto.Builder model() {
    return model;
  }

  byte[] bytes() {
    return model.setGraph(graph).build().toByteArray();
  }

  OnnxModel open() {
    return open(LIMITS);
  }

  OnnxModel open(LoadLimits limits) {
    return Onnx.open("test.onnx", bytes(), limits);
  }

  // --- Parts.

  static ValueInfoProto value(String name, int type, int... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int axis = 0; axis < dims.length; axis++) {
      TensorShapeProto.Dimension.Builder dim = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(dims[axis] < 0 ? dim.setDimParam("d" + axis) : dim.setDimValue(dims[axis]));
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  static AttributeProto with(String name, long value) {
    return attribute(name, AttributeType.INT).setI(value).build();
  }

  static AttributeProto with(String name, float value) {
    return attribute(name, AttributeType.FLOAT).setF(value).build();
  }

  static AttributeProto with(String name, String value) {
    return attribute(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
  }

  static AttributeProto with(String name, TensorProto value) {
    return attribute(name, AttributeType.TENSOR).setT(value).build();
  }

  static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder ints = attribute(name, AttributeType.INTS);
    for (long value : values) {
      ints.addInts(value);
    }
    return ints.build();
  }

  static AttributeProto floats(String name, float... values) {
    AttributeProto.Builder floats = attribute(name, AttributeType.FLOATS);
    for (float value : values) {
      floats.addFloats(value);
    }
    return floats.build();
  }

  static AttributeProto.Builder attribute(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  private static List<String> names(String text) {
    return Arrays.asList(text.split(",", -1));
  }
}
