// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.file;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.OnnxException;
import io.pointwise.onnx.OnnxValue;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.onnx.UnsupportedOnnxException;
import io.pointwise.onnx.graph.Attributes;
import io.pointwise.onnx.graph.Graph;
import io.pointwise.onnx.graph.GraphNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From the messages of a file to a {@link Graph}, in which every name leads somewhere. */
final class GraphReader {
  private static final int OLDEST_OPSET = 6;
  private static final int NEWEST_OPSET = 25;

  private final TensorReader tensors;

  GraphReader(TensorReader tensors) {
    this.tensors = tensors;
  }

  Graph read(String name, ModelProto model) {
    int opset = opset(model);
    GraphProto graph = model.getGraph();
    if (graph.getSparseInitializerCount() > 0) {
      throw new UnsupportedOnnxException(
          graph.getSparseInitializer(0).getValues().getName(),
          "sparse initialiser",
          "sparse tensors are not supported");
    }
    Map<String, TypedTensor> initialisers = new LinkedHashMap<>();
    for (TensorProto tensor : graph.getInitializerList()) {
      if (tensor.getName().isEmpty()) {
        throw new OnnxException("an initialiser has no name");
      }
      String what = "initialiser " + tensor.getName();
      if (initialisers.put(tensor.getName(), tensors.read(what, tensor)) != null) {
        throw new OnnxException(what + " is there twice");
      }
    }
    List<OnnxValue> inputs = inputs(graph, initialisers);
    List<GraphNode> nodes = nodes(graph, initialisers);
    Set<String> given = new HashSet<>(initialisers.keySet());
    for (OnnxValue input : inputs) {
      // Initialisers of inputs are known above: this one is a constant node's output.
      if (!given.add(input.name())) {
        throw new OnnxException("input " + input.name() + " is given by a constant node as well");
      }
    }
    List<GraphNode> ordered = new NodeOrder(given, nodes).sorted();
    List<OnnxValue> outputs = outputs(graph, given, nodes);
    return new Graph(name, opset, inputs, outputs, initialisers, ordered);
  }

  private static int opset(ModelProto model) {
    long version = 0;
    for (OperatorSetIdProto opset : model.getOpsetImportList()) {
      if (opset.getDomain().isEmpty() || opset.getDomain().equals("ai.onnx")) {
        if (version != 0 && version != opset.getVersion()) {
          throw new OnnxException(
              "the model uses two opsets of ONNX, " + version + " and " + opset.getVersion());
        }
        version = opset.getVersion();
      }
    }
    if (version == 0) {
      throw new OnnxException("the model does not say which opset of ONNX it uses");
    }
    if (version < OLDEST_OPSET || version > NEWEST_OPSET) {
      throw new OnnxException(
          "the model uses opset "
              + version
              + " of ONNX; supported are "
              + OLDEST_OPSET
              + " to "
              + NEWEST_OPSET);
    }
    return (int) version;
  }

  /** Inputs that have an initialiser as well have a value already: old files list all weights. */
  private static List<OnnxValue> inputs(GraphProto graph, Map<String, TypedTensor> initialisers) {
    List<OnnxValue> inputs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ValueInfoProto info : graph.getInputList()) {
      if (info.getName().isEmpty() || !names.add(info.getName())) {
        throw new OnnxException("input \"" + info.getName() + "\" is there twice or has no name");
      }
      OnnxValue input = value("input", info);
      boolean hasShape = info.getType().getTensorType().hasShape();
      TypedTensor initialiser = initialisers.get(info.getName());
      if (initialiser != null) {
        requireDeclared(input, hasShape, initialiser);
      } else if (!hasShape) {
        throw new OnnxException("input " + info.getName() + " has no shape");
      } else {
        inputs.add(input);
      }
    }
    return inputs;
  }

  private static void requireDeclared(OnnxValue input, boolean hasShape, TypedTensor initialiser) {
    boolean fits =
        input.type() == initialiser.type() && (!hasShape || input.accepts(initialiser.shape()));
    if (!fits) {
      throw new OnnxException(
          "input "
              + input
              + " has an initialiser of type "
              + initialiser.type()
              + " and shape "
              + initialiser.shape());
    }
  }

  private static List<OnnxValue> outputs(
      GraphProto graph, Set<String> given, List<GraphNode> nodes) {
    Set<String> known = new HashSet<>(given);
    nodes.forEach(node -> known.addAll(node.outputs()));
    List<OnnxValue> outputs = new ArrayList<>();
    for (ValueInfoProto info : graph.getOutputList()) {
      if (info.getName().isEmpty() || !known.contains(info.getName())) {
        throw new OnnxException(
            "output \"" + info.getName() + "\" is computed by no node of the graph");
      }
      outputs.add(value("output", info));
    }
    if (outputs.isEmpty()) {
      throw new OnnxException("the graph has no output");
    }
    return outputs;
  }

  private static OnnxValue value(String kind, ValueInfoProto info) {
    TypeProto type = info.getType();
    if (!type.hasTensorType()) {
      throw new UnsupportedOnnxException(
          info.getName(), kind, "values of type " + type.getValueCase() + " are not supported");
    }
    int code = type.getTensorType().getElemType();
    ElementType element =
        ElementType.ofCode(code)
            .orElseThrow(
                () ->
                    new UnsupportedOnnxException(
                        info.getName(),
                        kind,
                        "tensors of type " + ElementType.labelOf(code) + " are not supported"));
    List<OnnxValue.Dim> dims = new ArrayList<>();
    String what = kind + " " + info.getName();
    Dimensions.requireRank(what, type.getTensorType().getShape().getDimCount());
    for (TensorShapeProto.Dimension dim : type.getTensorType().getShape().getDimList()) {
      int size =
          dim.hasDimValue() && dim.getDimValue() >= 0
              ? Dimensions.size(what, dims.size(), dim.getDimValue())
              : -1;
      dims.add(new OnnxValue.Dim(dim.getDimParam(), size));
    }
    return new OnnxValue(info.getName(), element, dims);
  }

  /** All nodes but the constant ones, which become initialisers. */
  private List<GraphNode> nodes(GraphProto graph, Map<String, TypedTensor> initialisers) {
    List<GraphNode> nodes = new ArrayList<>();
    for (NodeProto proto : graph.getNodeList()) {
      String name = nodeName(proto, nodes.size());
      String owner = "node " + name + " (" + proto.getOpType() + ")";
      GraphNode node =
          new GraphNode(
              name,
              proto.getDomain().equals("ai.onnx") ? "" : proto.getDomain(),
              proto.getOpType(),
              proto.getInputList(),
              proto.getOutputList(),
              new Attributes(owner, proto.getAttributeList()));
      if (!ConstantNode.is(node)) {
        nodes.add(node);
      } else if (addConstant(node, initialisers)) {
        throw new OnnxException(owner + ": output " + node.outputs() + " is given twice");
      }
    }
    return nodes;
  }

  private boolean addConstant(GraphNode node, Map<String, TypedTensor> initialisers) {
    TypedTensor tensor = ConstantNode.read(node, tensors);
    return initialisers.put(node.outputs().getFirst(), tensor) != null;
  }

  /** Many writers give nodes no names; their first output has one. */
  private static String nodeName(NodeProto proto, int place) {
    if (!proto.getName().isBlank()) {
      return proto.getName();
    }
    if (proto.getOutputCount() > 0 && !proto.getOutput(0).isBlank()) {
      return proto.getOutput(0);
    }
    return "#" + place;
  }
}
