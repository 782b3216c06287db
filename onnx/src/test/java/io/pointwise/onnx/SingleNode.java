// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.Devices;
import io.pointwise.plan.PlanOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node on its own, run twice: with its inputs given when it runs, as the device computes it,
 * and with its inputs as constants, as it is computed while the model is loaded. Both must agree.
 */
final class SingleNode {
  /** Open as long as the tests run. */
  static final Device CPU =
      Devices.installed().open(DevicePolicy.parse("cpu"), new DeviceOptions(1)).device();

  private final int opset;
  private final String operator;
  private final List<AttributeProto> attributes;
  private final List<@Nullable TypedTensor> inputs = new ArrayList<>();
  private final List<ElementType> outputs = new ArrayList<>();
  private double tolerance;

  private SingleNode(int opset, String operator, List<AttributeProto> attributes) {
    this.opset = opset;
    this.operator = operator;
    this.attributes = attributes;
  }

  static SingleNode of(int opset, String operator, AttributeProto... attributes) {
    return new SingleNode(opset, operator, List.of(attributes));
  }

  /** The next input; null for one that is left out. */
  SingleNode on(@Nullable TypedTensor... tensors) {
    for (TypedTensor tensor : tensors) {
      inputs.add(tensor);
    }
    return this;
  }

  /** The type of the next output. */
  SingleNode gives(ElementType type) {
    outputs.add(type);
    return this;
  }

  /** How far both ways may lie apart, as a part of the value; 0 unless said otherwise. */
  SingleNode within(double relative) {
    tolerance = relative;
    return this;
  }

  /** The only output. */
  TypedTensor result() {
    return results().getFirst();
  }

  /** All outputs. */
  List<TypedTensor> results() {
    List<TypedTensor> computed = run(model(false).open());
    List<TypedTensor> folded = run(model(true).open());
    for (int i = 0; i < computed.size(); i++) {
      requireClose(operator + " output " + i, computed.get(i), folded.get(i), tolerance);
    }
    return computed;
  }

  /** With all inputs given when it runs. */
  List<TypedTensor> computed() {
    return run(model(false).open());
  }

  /** With all inputs as constants. */
  List<TypedTensor> folded() {
    return run(model(true).open());
  }

  /** The model, its inputs as constants or not. */
  TestModel model(boolean constants) {
    TestModel model = TestModel.opset(opset);
    NodeProto.Builder node =
        NodeProto.newBuilder().setName("tested").setOpType(operator).addAllAttribute(attributes);
    for (int i = 0; i < inputs.size(); i++) {
      TypedTensor tensor = inputs.get(i);
      node.addInput(tensor == null ? "" : "x" + i);
      if (tensor != null && constants) {
        model.initialiser("x" + i, tensor);
      } else if (tensor != null) {
        model.input("x" + i, tensor.type(), tensor.shape().toArray());
      }
    }
    List<ElementType> types = outputs.isEmpty() ? List.of(ElementType.FLOAT) : outputs;
    for (int i = 0; i < types.size(); i++) {
      node.addOutput("y" + i);
      model.openOutput("y" + i, types.get(i));
    }
    return model.node(node.build());
  }

  private List<TypedTensor> run(OnnxModel model) {
    List<TypedTensor> given = new ArrayList<>();
    for (OnnxValue input : model.inputs()) {
      TypedTensor tensor = inputs.get(Integer.parseInt(input.name().substring(1)));
      given.add(java.util.Objects.requireNonNull(tensor));
    }
    // Whole numbers stay whole by the definition's sums, not by Winograd's formula.
    try (OnnxSession session = model.session(CPU, PlanOptions.DEFAULT.withWinograd(false))) {
      return session.run(given);
    }
  }

  /** Equal types and shapes, and elements as close as said; NaN equals NaN only. */
  static void requireClose(String what, TypedTensor actual, TypedTensor expected, double relative) {
    assertEquals(expected.type(), actual.type(), what);
    assertEquals(expected.shape(), actual.shape(), what);
    for (long i = 0; i < expected.shape().elements(); i++) {
      double a = actual.value(i);
      double b = expected.value(i);
      boolean same = Double.compare(a, b) == 0 || a == b;
      long at = i;
      assertTrue(
          same || Math.abs(a - b) <= relative * Math.max(1, Math.abs(b)),
          () -> what + ": element " + at + " is " + a + ", expected " + b);
    }
  }
}
