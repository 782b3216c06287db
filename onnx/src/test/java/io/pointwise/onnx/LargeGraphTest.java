// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import static io.pointwise.onnx.ElementType.FLOAT;
import static io.pointwise.onnx.ElementType.INT64;
import static io.pointwise.onnx.Tensors.int64;
import static io.pointwise.onnx.TestModel.ints;
import static io.pointwise.onnx.TestModel.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.pointwise.tensor.Shape;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;

/**
 * Graphs and constants of sizes at which anything quadratic, or any recursion, would show: each of
 * these would take minutes or overflow the stack. The time is a guard against hanging.
 */
class LargeGraphTest {
  private static final int NODES = 50_000;

  private static <T> T soon(ThrowingSupplier<T> loading) {
    return assertTimeoutPreemptively(Duration.ofMinutes(1), loading);
  }

  private static TestModel start() {
    return TestModel.opset(13).input("v0", FLOAT, 1);
  }

  @Test
  void aDeepChain() {
    TestModel model = start().openOutput("v" + NODES, FLOAT);
    for (int i = 0; i < NODES; i++) {
      model.node("Relu", "v" + i, "v" + (i + 1));
    }
    assertEquals(NODES, soon(() -> model.open().network()).nodes().size());
  }

  @Test
  void aDeepChainInTheWrongOrder() {
    TestModel model = start().openOutput("v" + NODES, FLOAT);
    for (int i = NODES - 1; i >= 0; i--) {
      model.node("Relu", "v" + i, "v" + (i + 1));
    }
    assertEquals(NODES, soon(() -> model.open().network()).nodes().size());
  }

  @Test
  void manyNodesOfOneName() {
    TestModel model = start().openOutput("v" + NODES, FLOAT);
    for (int i = 0; i < NODES; i++) {
      model.node(
          NodeProto.newBuilder()
              .setName("same")
              .setOpType("Relu")
              .addInput("v" + i)
              .addOutput("v" + (i + 1))
              .build());
    }
    assertEquals(NODES, soon(() -> model.open().network()).nodes().size());
  }

  @Test
  void aWideConcat() {
    TestModel model = start().initialiser("one", int64(1)).openOutput("y", INT64);
    String all = IntStream.range(0, NODES).mapToObj(_ -> "one").collect(Collectors.joining(","));
    model.node("Concat", all, "y", with("axis", 0L));
    TypedTensor joined =
        soon(
            () -> {
              try (OnnxSession session =
                  model.open().session(SingleNode.CPU, io.pointwise.plan.PlanOptions.DEFAULT)) {
                return session.run(java.util.List.of(Tensors.floats(1))).getFirst();
              }
            });
    assertEquals(Shape.of(NODES), joined.shape());
  }

  /** A hundred bytes that ask for 2^32 comparisons: they are left to the device. */
  @Test
  void poolingOfALargeConstant() {
    TestModel model =
        start()
            .initialiser("s", int64(1, 1, 512, 512))
            .openOutput("y", FLOAT)
            .node("ConstantOfShape", "s", "z")
            .node("MaxPool", "z", "m", ints("kernel_shape", 256, 256))
            .node("Add", "m,v0", "y");
    assertEquals(3, soon(() -> model.open().network()).nodes().size());
  }

  @Test
  void windowsThatNeedLargeWeights() {
    TestModel model =
        TestModel.opset(18)
            .input("x", FLOAT, 1, 1, 40000, 40000)
            .openOutput("y", FLOAT)
            .node("LpPool", "x", "y", ints("kernel_shape", 40000, 40000));
    Refusal.refused(model, "lppool-y", "limit");
  }
}
