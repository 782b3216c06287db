// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Dropout;
import io.pointwise.layer.Flatten;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.layer.Linear;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.PoolSpec;
import io.pointwise.layer.Softmax;
import io.pointwise.layer.Window;
import io.pointwise.network.Node;

/** The ONNX operator of a layer with its attributes (opset 13), without inputs and outputs. */
final class Operators {
  private Operators() {}

  static NodeProto.Builder of(Node node) {
    return switch (node.layer()) {
      case Conv2d conv -> windowed("Conv", conv.window()).addAttribute(of("group", conv.groups()));
      case Linear _ -> operator("Gemm").addAttribute(of("transB", 1));
      case BatchNorm norm ->
          operator("BatchNormalization").addAttribute(of("epsilon", norm.epsilon()));
      case MaxPool2d pool -> maxPool(node, pool);
      case AvgPool2d pool -> avgPool(node, pool);
      case GlobalPool2d pool ->
          operator(
              switch (pool.mode()) {
                case AVERAGE -> "GlobalAveragePool";
                case MAX -> "GlobalMaxPool";
              });
      case LocalResponseNorm norm ->
          operator("LRN")
              .addAttribute(of("size", norm.size()))
              .addAttribute(of("alpha", norm.alpha()))
              .addAttribute(of("beta", norm.beta()))
              .addAttribute(of("bias", norm.k()));
      case Activation activation -> activation(node, activation.function());
      case Softmax softmax ->
          operator(softmax.log() ? "LogSoftmax" : "Softmax")
              .addAttribute(of("axis", softmax.axis()));
      case Concat concat -> operator("Concat").addAttribute(of("axis", concat.axis()));
      case Flatten flatten -> operator("Flatten").addAttribute(of("axis", flatten.axis()));
      case Add _ -> operator("Add");
      case Dropout _ -> operator("Dropout");
      default -> refused(node, node.layer().kind());
    };
  }

  private static NodeProto.Builder activation(Node node, ActivationFunction function) {
    return switch (function) {
      case ActivationFunction.Relu _ -> operator("Relu");
      case ActivationFunction.Sigmoid _ -> operator("Sigmoid");
      case ActivationFunction.Tanh _ -> operator("Tanh");
      default -> refused(node, function.label());
    };
  }

  private static NodeProto.Builder maxPool(Node node, MaxPool2d pool) {
    requireSameWindows(node, pool.spec(node.inputShapes().getFirst()));
    return windowed("MaxPool", pool.window())
        .addAttribute(of("ceil_mode", pool.ceilMode() ? 1 : 0));
  }

  private static NodeProto.Builder avgPool(Node node, AvgPool2d pool) {
    Window window = pool.window();
    requireSameWindows(node, pool.spec(node.inputShapes().getFirst()));
    if (window.dilationH() != 1 || window.dilationW() != 1) {
      return refused(node, "an average with dilation");
    }
    if (pool.ceilMode() && pool.countIncludePad()) {
      return refused(node, "an average in ceil mode that counts padding");
    }
    return undilated("AveragePool", window)
        .addAttribute(of("ceil_mode", pool.ceilMode() ? 1 : 0))
        .addAttribute(of("count_include_pad", pool.countIncludePad() ? 1 : 0));
  }

  /**
   * Before opset 22 ceil mode also counts a window that starts behind the input; ours never does,
   * so a pooling that has one is refused.
   */
  private static void requireSameWindows(Node node, PoolSpec spec) {
    Window window = spec.window();
    long rows =
        windows(
            (long) spec.ih() + window.padTop() + window.padBottom(),
            window.extentH(),
            window.strideH());
    long columns =
        windows(
            (long) spec.iw() + window.padLeft() + window.padRight(),
            window.extentW(),
            window.strideW());
    if (spec.ceilMode() && (rows != spec.oh() || columns != spec.ow())) {
      throw refusal(node, "ceil mode with a window behind the input");
    }
  }

  /** In ceil mode, before opset 22. */
  private static long windows(long padded, long extent, int stride) {
    return Math.ceilDiv(padded - extent, (long) stride) + 1;
  }

  private static NodeProto.Builder windowed(String type, Window window) {
    return undilated(type, window)
        .addAttribute(of("dilations", window.dilationH(), window.dilationW()));
  }

  private static NodeProto.Builder undilated(String type, Window window) {
    return operator(type)
        .addAttribute(of("kernel_shape", window.kh(), window.kw()))
        .addAttribute(of("strides", window.strideH(), window.strideW()))
        .addAttribute(
            of("pads", window.padTop(), window.padLeft(), window.padBottom(), window.padRight()));
  }

  private static NodeProto.Builder refused(Node node, String what) {
    throw refusal(node, what);
  }

  private static IllegalArgumentException refusal(Node node, String what) {
    return new IllegalArgumentException(
        "layer " + node.name() + " is not written to ONNX here: " + what);
  }

  private static NodeProto.Builder operator(String type) {
    return NodeProto.newBuilder().setOpType(type);
  }

  private static AttributeProto of(String name, int value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto of(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  private static AttributeProto of(String name, int first, int... others) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder()
            .setName(name)
            .setType(AttributeProto.AttributeType.INTS)
            .addInts(first);
    for (int other : others) {
      attribute.addInts(other);
    }
    return attribute.build();
  }
}
