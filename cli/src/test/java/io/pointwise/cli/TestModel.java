// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.pointwise.onnx.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small ONNX model, to be written to a file. */
public final class TestModel {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");

  /** A dimension that the model leaves open. */
  public static final int OPEN = -1;

  /** Scores are the means of the channels: {@code [n, c, h, w]} gives {@code [n, c]}. */
  public static TestModel channelMeans(int... dims) {
    return new TestModel()
        .input("image", dims)
        .node("GlobalAveragePool", List.of("image"), "means")
        .node("Flatten", List.of("means"), "scores")
        .output("scores", dims[0], dims[1]);
  }

  /** Scores are the pixels: {@code [n, 1, h, w]} gives {@code [n, h·w]}. */
  public static TestModel pixelScores(int... dims) {
    return new TestModel()
        .input("image", dims)
        .node("Flatten", List.of("image"), "scores")
        .output("scores", dims[0], dims[1] * dims[2] * dims[3]);
  }

  /** Adds 0: the output is the input, computed. */
  public static TestModel echo(int... dims) {
    return new TestModel()
        .input("x", dims)
        .weight("zero", 0f)
        .node("Add", List.of("x", "zero"), "y")
        .output("y", dims);
  }

  /** The sum of two inputs. */
  public static TestModel sum(int... dims) {
    return new TestModel()
        .input("a", dims)
        .input("b", dims)
        .node("Add", List.of("a", "b"), "c")
        .output("c", dims);
  }

  /** An operator that there is not. */
  public static TestModel unsupported() {
    return new TestModel().input("x", 2, 2).node("Det", List.of("x"), "y").output("y");
  }

  /** A float32 input. */
  public TestModel input(String name, int... dims) {
    return input(name, ElementType.FLOAT, dims);
  }

  public TestModel input(String name, ElementType type, int... dims) {
    graph.addInput(value(name, type, dims));
    return this;
  }

  /** A float32 output. */
  public TestModel output(String name, int... dims) {
    return output(name, ElementType.FLOAT, dims);
  }

  public TestModel output(String name, ElementType type, int... dims) {
    graph.addOutput(value(name, type, dims));
    return this;
  }

  private static ValueInfoProto value(String name, ElementType type, int... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int dim : dims) {
      TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(dim == OPEN ? dimension.setDimParam("n") : dimension.setDimValue(dim));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.code()).setShape(shape)))
        .build();
  }

  /** A scalar of float32. */
  public TestModel weight(String name, float value) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(ElementType.FLOAT.code())
            .addFloatData(value));
    return this;
  }

  public TestModel node(String operator, List<String> inputs, String output) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(output + "-node")
            .setOpType(operator)
            .addAllInput(inputs)
            .addOutput(output));
    return this;
  }

  /** A conversion to another element type. */
  public TestModel cast(String input, ElementType type, String output) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(output + "-node")
            .setOpType("Cast")
            .addInput(input)
            .addOutput(output)
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("to")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(type.code())));
    return this;
  }

  /** Writes the model and returns the file. */
  public String write(Path file) throws IOException {
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
            .setGraph(graph)
            .build();
    Files.createDirectories(file.getParent());
    Files.write(file, model.toByteArray());
    return file.toString();
  }
}
