// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import static io.pointwise.onnx.ElementType.FLOAT;
import static io.pointwise.onnx.ElementType.INT64;
import static io.pointwise.onnx.Tensors.counting;
import static io.pointwise.onnx.Tensors.floats;
import static io.pointwise.onnx.Tensors.int64;
import static io.pointwise.onnx.Tensors.shape;
import static io.pointwise.onnx.TestModel.ints;
import static io.pointwise.onnx.TestModel.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.ChannelShuffle;
import io.pointwise.network.Network;
import io.pointwise.network.Node;
import io.pointwise.plan.PlanOptions;
import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which layers become of a model, and which do not. */
class ImportedNetworkTest {
  private static List<String> kinds(Network network) {
    return network.nodes().stream().map(node -> node.layer().kind()).toList();
  }

  private static TestModel conv() {
    return TestModel.opset(13)
        .input("x", FLOAT, 1, 2, 4, 4)
        .initialiser("w", counting(4, 2, 1, 1))
        .node("Conv", "x,w", "c");
  }

  @Test
  void identityAndDropoutLeaveNoLayer() {
    TestModel model =
        TestModel.opset(13)
            .input("x", FLOAT, 1, 2)
            .openOutput("y", FLOAT)
            .node("Identity", "x", "a")
            .node("Dropout", "a", "b")
            .node("Relu", "b", "c")
            .node("Identity", "c", "y");
    assertEquals(List.of("relu"), kinds(model.open().network()));
  }

  @Test
  void layersHaveTheNamesOfTheirNodes() {
    Network network = conv().openOutput("c", FLOAT).open().network();
    assertEquals(List.of("conv-c"), network.nodes().stream().map(Node::name).toList());
    assertEquals("test.onnx", network.name());
  }

  @Test
  void nodesThatNobodyNeedsLeaveNoLayer() {
    TestModel model = conv().node("Relu", "x", "dead").openOutput("c", FLOAT);
    assertEquals(List.of("conv2d"), kinds(model.open().network()));
  }

  /** Flatten by arithmetic on the shape, as exporters write it. */
  @Test
  void shapeArithmeticLeavesNoLayer() {
    TestModel model =
        TestModel.opset(13)
            .input("x", FLOAT, -1, 3, 4, 5)
            .initialiser("zero", int64(0))
            .initialiser("rest", int64(-1))
            .openOutput("y", FLOAT)
            .node("Shape", "x", "s")
            .node("Gather", "s,zero", "n")
            .node("Concat", "n,rest", "wanted", with("axis", 0L))
            .node("Reshape", "x,wanted", "r")
            .node("Relu", "r", "y");
    Network network = model.open().network(Map.of("x", Shape.of(2, 3, 4, 5)));
    assertEquals(List.of("reshape", "relu"), kinds(network));
    assertEquals(Shape.of(2, 60), network.shape(network.outputs().getFirst()));
  }

  @Test
  void viewsOfViewsAreOne() {
    TestModel model =
        TestModel.opset(13)
            .input("x", FLOAT, 2, 6)
            .openOutput("y", FLOAT)
            .node("Unsqueeze", "x,c", "a")
            .initialiser("c", int64(0))
            .node("Flatten", "a", "b")
            .node("Relu", "b", "y");
    assertEquals(List.of("reshape", "relu"), kinds(model.open().network()));
  }

  @Test
  void aChannelShuffleIsSeen() {
    TestModel model =
        TestModel.opset(13)
            .input("x", FLOAT, 1, 6, 2, 2)
            .initialiser("split", int64(1, 2, 3, 2, 2))
            .initialiser("joined", int64(1, 6, 2, 2))
            .openOutput("y", FLOAT)
            .node("Reshape", "x,split", "a")
            .node("Transpose", "a", "b", ints("perm", 0, 2, 1, 3, 4))
            .node("Reshape", "b,joined", "y");
    Network network = model.open().network();
    assertEquals(
        List.of(new ChannelShuffle(2)), network.nodes().stream().map(Node::layer).toList());
  }

  /** Planning folds batch norms into the weights. */
  @Test
  void aNumberAChannelBehindAConvolutionIsABatchNorm() {
    for (String operator : List.of("Add", "Mul", "Sub")) {
      TestModel model =
          conv()
              .initialiser("b", floats(shape(4, 1, 1), 1, 2, 3, 4))
              .openOutput("y", FLOAT)
              .node(operator, "c,b", "y");
      Network network = model.open().network();
      assertEquals(new BatchNorm(0), network.nodes().getLast().layer(), operator);
      assertEquals(2, network.nodes().size(), operator);
    }
  }

  @Test
  void twoOutputsThatAreTheSame() {
    TestModel model =
        TestModel.opset(13)
            .input("x", FLOAT, 2)
            .openOutput("y", FLOAT)
            .openOutput("z", FLOAT)
            .openOutput("x", FLOAT)
            .node("Relu", "x", "y")
            .node("Identity", "y", "z");
    try (OnnxSession session = model.open().session(SingleNode.CPU, PlanOptions.DEFAULT)) {
      List<TypedTensor> outputs = session.run(List.of(floats(-1, 1)));
      assertEquals(0, outputs.get(0).value(0));
      assertEquals(1, outputs.get(1).value(1));
      assertEquals(-1, outputs.get(2).value(0));
    }
  }

  /** Too much to be computed on loading, and no input to be computed from. */
  @Test
  void aModelWithoutInputs() {
    TestModel model =
        TestModel.opset(13)
            .initialiser("s", int64(1, 1, 512, 512))
            .openOutput("y", FLOAT)
            .node("ConstantOfShape", "s", "z")
            .node("MaxPool", "z", "y", ints("kernel_shape", 9, 9));
    try (OnnxSession session = model.open().session(SingleNode.CPU, PlanOptions.DEFAULT)) {
      assertEquals(Shape.of(1, 1, 504, 504), session.run(List.of()).getFirst().shape());
    }
  }

  @Test
  void anEmptyInput() {
    TestModel model =
        TestModel.opset(13)
            .input("x", FLOAT, -1, 3)
            .openOutput("y", FLOAT)
            .openOutput("n", INT64)
            .node("Relu", "x", "y")
            .node("Shape", "x", "n");
    try (OnnxSession session = model.open().session(SingleNode.CPU, PlanOptions.DEFAULT)) {
      List<TypedTensor> outputs = session.run(List.of(counting(0, 3)));
      assertEquals(Shape.of(0, 3), outputs.get(0).shape());
      assertEquals(0, outputs.get(1).integer(0));
    }
  }
}
