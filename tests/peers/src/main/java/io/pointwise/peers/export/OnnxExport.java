// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.pointwise.layer.Role;
import io.pointwise.network.Network;
import io.pointwise.network.Node;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/**
 * A network as an ONNX model: a node for each layer, values and nodes of the same names, weights as
 * initializers. Layers are written as they are, nothing is fused or folded: that is for the reader.
 *
 * <p>Only the layers of {@link io.pointwise.network.Networks} are known; any other is refused by
 * name.
 */
public final class OnnxExport {
  /** Old enough that every optimisation of ONNX Runtime knows its operators. */
  private static final int OPSET = 13;

  private static final int IR_VERSION = 8;

  private OnnxExport() {}

  /**
   * The file's bytes.
   *
   * @throws IllegalArgumentException if a layer is not known here; the message names it
   */
  public static byte[] model(Network network) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName(network.name());
    network.inputs().forEach((name, shape) -> graph.addInput(value(name, shape)));
    network.outputs().forEach(name -> graph.addOutput(value(name, network.shape(name))));
    for (Node node : network.nodes()) {
      NodeProto.Builder written =
          Operators.of(node).setName(node.name()).addAllInput(node.inputs()).addOutput(node.name());
      for (Role role : weights(node)) {
        String name = node.name() + "." + role.name().toLowerCase(Locale.ROOT);
        written.addInput(name);
        graph.addInitializer(constant(name, node.weights().get(role)));
      }
      graph.addNode(written);
    }
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  /** In the order of ONNX's inputs, which is that of {@link Role} for every operator here. */
  private static List<Role> weights(Node node) {
    return node.weights().roles().stream().sorted().toList();
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
