// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;

/** A layer as an ONNX model: one {@code Conv} from {@value #INPUT} to {@value #OUTPUT}. */
final class OnnxConv {
  static final String INPUT = "x";
  static final String OUTPUT = "y";

  private static final int OPSET = 13;
  private static final int IR_VERSION = 8;

  private OnnxConv() {}

  /** The file's bytes. */
  static byte[] model(LayerCase layer) {
    ConvSpec spec = layer.spec();
    Window window = spec.window();
    NodeProto conv =
        NodeProto.newBuilder()
            .setOpType("Conv")
            .addInput(INPUT)
            .addInput("weight")
            .addInput("bias")
            .addOutput(OUTPUT)
            .addAttribute(ints("kernel_shape", window.kh(), window.kw()))
            .addAttribute(ints("strides", window.strideH(), window.strideW()))
            .addAttribute(
                ints(
                    "pads",
                    window.padTop(),
                    window.padLeft(),
                    window.padBottom(),
                    window.padRight()))
            .addAttribute(ints("dilations", window.dilationH(), window.dilationW()))
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("group")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(spec.groups()))
            .build();
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("layer")
            .addInput(value(INPUT, spec.input()))
            .addOutput(value(OUTPUT, spec.output()))
            .addInitializer(constant("weight", layer.weight()))
            .addInitializer(constant("bias", layer.bias()))
            .addNode(conv)
            .build();
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static ValueInfoProto value(String name, Shape shape) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    for (int axis = 0; axis < shape.rank(); axis++) {
      dims.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(shape.dim(axis)));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(dims)))
        .build();
  }

  private static TensorProto constant(String name, Tensor tensor) {
    TensorProto.Builder constant =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setRawData(ByteString.copyFrom(tensor.memory().asByteBuffer()));
    for (int axis = 0; axis < tensor.shape().rank(); axis++) {
      constant.addDims(tensor.shape().dim(axis));
    }
    return constant.build();
  }
}
