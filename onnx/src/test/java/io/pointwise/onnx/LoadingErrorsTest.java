// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import static io.pointwise.onnx.ElementType.FLOAT;
import static io.pointwise.onnx.ElementType.INT64;
import static io.pointwise.onnx.Refusal.refused;
import static io.pointwise.onnx.Refusal.unsupported;
import static io.pointwise.onnx.Tensors.floats;
import static io.pointwise.onnx.Tensors.int64;
import static io.pointwise.onnx.Tensors.shape;
import static io.pointwise.onnx.TestModel.attribute;
import static io.pointwise.onnx.TestModel.ints;
import static io.pointwise.onnx.TestModel.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are refused, each with a message that names the thing, the value and the limit. */
class LoadingErrorsTest {
  @TempDir Path folder;

  private static TestModel relu() {
    return TestModel.opset(13)
        .input("x", FLOAT, 1, 2)
        .output("y", FLOAT, 1, 2)
        .node("Relu", "x", "y");
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("model.onnx"), bytes);
  }

  // --- The file.

  @Test
  void aFileThatIsNotThere() {
    refused(() -> Onnx.open(folder.resolve("no.onnx")), "no.onnx", "no such file");
  }

  @Test
  void aFolder() {
    refused(() -> Onnx.open(folder), folder.toString(), "is not a file");
  }

  @Test
  void anEmptyFile() {
    refused(() -> Onnx.open(file(new byte[0])), "model.onnx", "no graph");
  }

  @Test
  void aFileThatIsNoProtobuf() {
    byte[] text = "This is a text of some length, and no model at all.".getBytes(UTF_8);
    refused(() -> Onnx.open(file(text)), "model.onnx", "no protobuf");
  }

  @Test
  void aFileThatIsTruncatedAnywhere() {
    byte[] whole = relu().bytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      // What follows the graph in the file is the opset; what precedes it is no graph.
      refused(() -> Onnx.open("cut.onnx", part, TestModel.LIMITS), "");
    }
  }

  @Test
  void aTagThatEndsAGroupWhichNeverBegan() {
    byte[] whole = relu().bytes();
    byte[] more = Arrays.copyOf(whole, whole.length + 10);
    more[whole.length] = (15 << 3) | 4;
    refused(() -> Onnx.open("ended.onnx", more, TestModel.LIMITS), "no protobuf");
  }

  @Test
  void aFileOverTheLimit() throws IOException {
    byte[] bytes = relu().bytes();
    LoadLimits limits = new LoadLimits(bytes.length - 1, 1 << 20);
    String size = Integer.toString(bytes.length);
    String limit = Integer.toString(bytes.length - 1);
    refused(() -> Onnx.open("x.onnx", bytes, limits), "x.onnx", size, limit);
    Path file = file(bytes);
    refused(() -> Onnx.open(file, limits), "model.onnx", size, limit);
    Onnx.open(file, new LoadLimits(bytes.length, 1 << 20));
  }

  // --- Opsets.

  @ParameterizedTest
  @ValueSource(longs = {1, 5, 26, 1000, Long.MAX_VALUE, -1})
  void anOpsetThatIsNotSupported(long version) {
    refused(TestModel.opset(version).output("y", FLOAT), "opset " + version, "6 to 25");
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 25})
  void theOldestAndTheNewestOpset(long version) {
    TestModel model =
        TestModel.opset(version)
            .input("x", FLOAT, 1, 2)
            .output("y", FLOAT, 1, 2)
            .node("Relu", "x", "y");
    assertEquals(version, model.open().opset());
  }

  @Test
  void noOpset() {
    TestModel model = relu();
    model.model().clearOpsetImport();
    refused(model, "does not say which opset");
    model.model().addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("com.x").setVersion(1));
    refused(model, "does not say which opset");
  }

  @Test
  void twoOpsets() {
    TestModel model = relu();
    model
        .model()
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("ai.onnx").setVersion(14));
    refused(model, "two opsets", "13", "14");
  }

  // --- Operators and attributes.

  @Test
  void anOperatorThatIsNotKnown() {
    TestModel model =
        TestModel.opset(13).input("x", FLOAT, 1).output("y", FLOAT, 1).node("Frob", "x", "y");
    unsupported(model, "frob-y", "Frob", "operator Frob is not supported");
  }

  @Test
  void anOperatorThatNobodyNeeds() {
    unsupported(relu().node("Frob", "x", "z"), "frob-z", "Frob", "not supported");
  }

  @Test
  void anOperatorOfAnotherDomain() {
    NodeProto node =
        NodeProto.newBuilder()
            .setName("n")
            .setDomain("com.x")
            .setOpType("Relu")
            .addInput("x")
            .addOutput("y")
            .build();
    TestModel model = TestModel.opset(13).input("x", FLOAT, 1).output("y", FLOAT, 1).node(node);
    unsupported(model, "n", "Relu", "operator Relu of domain com.x");
    TestModel own =
        TestModel.opset(13)
            .input("x", FLOAT, 1)
            .output("y", FLOAT, 1)
            .node(node.toBuilder().setDomain("ai.onnx").build());
    assertEquals(List.of("Relu"), own.open().operators());
  }

  @Test
  void aSubgraph() {
    GraphProto branch = GraphProto.newBuilder().setName("branch").build();
    TestModel model =
        TestModel.opset(13)
            .input("x", ElementType.BOOL)
            .output("y", FLOAT)
            .node(
                "If", "x", "y", attribute("then_branch", AttributeType.GRAPH).setG(branch).build());
    unsupported(model, "if-y", "If", "operator If is not supported");
  }

  @Test
  void anAttributeThatIsNotKnown() {
    TestModel model =
        TestModel.opset(13)
            .input("x", FLOAT, 1)
            .output("y", FLOAT, 1)
            .node("Relu", "x", "y", with("slope", 3L));
    unsupported(model, "relu-y", "Relu", "attribute slope with value 3 is not supported");
  }

  @Test
  void aValueThatIsNotSupported() {
    TestModel model =
        TestModel.opset(11)
            .input("x", FLOAT, 1, 1, 4)
            .output("y", FLOAT, 1, 1, 4)
            .node("MaxPool", "x", "y", ints("kernel_shape", 1), with("auto_pad", "SOME"));
    unsupported(model, "maxpool-y", "MaxPool", "auto_pad", "\"SOME\"", "SAME_UPPER");
  }

  @Test
  void anAttributeOfAnotherType() {
    TestModel model =
        TestModel.opset(13)
            .input("x", FLOAT, 1, 2)
            .output("y", FLOAT, 1, 2)
            .node("Softmax", "x", "y", with("axis", 1.0f));
    refused(model, "softmax-y", "Softmax", "axis", "FLOAT", "must be INT");
  }

  @Test
  void anAttributeWithoutTheValueOfItsType() {
    TestModel model =
        TestModel.opset(13)
            .input("x", FLOAT, 1, 2)
            .output("y", FLOAT, 1, 2)
            .node("Softmax", "x", "y", attribute("axis", AttributeType.INT).setF(1).build());
    refused(model, "softmax-y", "axis", "no value of type INT");
  }

  @Test
  void anAttributeWithoutATypeIsReadAsWhatIsWanted() {
    TestModel good =
        TestModel.opset(13)
            .input("x", FLOAT, 1, 2)
            .output("y", FLOAT, 1, 2)
            .node("Softmax", "x", "y", untyped("axis").setI(0).build());
    assertEquals(1, good.open().nodeCount());
    TestModel bad =
        TestModel.opset(11)
            .input("x", FLOAT, 1, 2)
            .output("y", FLOAT, 2)
            .node("Squeeze", "x", "y", untyped("axes").setI(0).build());
    refused(bad, "squeeze-y", "axes", "no value of type INTS");
  }

  private static ai.onnx.proto.OnnxMl.AttributeProto.Builder untyped(String name) {
    return ai.onnx.proto.OnnxMl.AttributeProto.newBuilder().setName(name);
  }

  @Test
  void anAttributeTwice() {
    TestModel model =
        TestModel.opset(13)
            .input("x", FLOAT, 1, 2)
            .output("y", FLOAT, 1, 2)
            .node("Softmax", "x", "y", with("axis", 0L), with("axis", 1L));
    refused(model, "softmax-y", "axis", "twice");
  }

  @Test
  void anAttributeThatRefersToAFunction() {
    TestModel model =
        TestModel.opset(13)
            .input("x", FLOAT, 1, 2)
            .output("y", FLOAT, 1, 2)
            .node("Softmax", "x", "y", untyped("axis").setRefAttrName("a").build());
    refused(model, "softmax-y", "axis", "refers to a");
  }

  @Test
  void tooManyInputsOrOutputs() {
    TestModel inputs =
        TestModel.opset(13).input("x", FLOAT, 1).output("y", FLOAT, 1).node("Relu", "x,x", "y");
    refused(inputs, "relu-y", "Relu", "2 inputs", "1");
    unsupported(
        TestModel.opset(13)
            .input("x", FLOAT, 1)
            .output("y", FLOAT, 1)
            .output("z", FLOAT, 1)
            .node("Relu", "x", "y,z"),
        "relu-y",
        "Relu",
        "2 outputs");
  }

  @Test
  void tooFewInputs() {
    TestModel model =
        TestModel.opset(13).input("x", FLOAT, 1).output("y", FLOAT, 1).node("Add", "x", "y");
    refused(model, "add-y", "Add", "input 1 is missing");
    refused(
        TestModel.opset(13).input("x", FLOAT, 1).output("y", FLOAT, 1).node("Relu", "", "y"),
        "relu-y",
        "input 0 is missing");
  }

  // --- Names.

  @Test
  void anInputThatNobodyGives() {
    refused(relu().node("Relu", "z", "w"), "relu-w", "Relu", "input z is given by nobody");
  }

  @Test
  void aCycle() {
    TestModel model =
        TestModel.opset(13)
            .input("x", FLOAT, 1)
            .output("y", FLOAT, 1)
            .node("Add", "x,b", "a")
            .node("Relu", "a", "b")
            .node("Relu", "b", "y");
    refused(model, "add-a", "cycle");
    refused(relu().node("Relu", "z", "z"), "relu-z", "cycle");
  }

  @Test
  void nodesOutOfOrderAreFine() {
    TestModel model =
        TestModel.opset(13)
            .input("x", FLOAT, 1)
            .output("y", FLOAT, 1)
            .node("Relu", "b", "y")
            .node("Neg", "a", "b")
            .node("Abs", "x", "a");
    assertEquals(List.of("Abs", "Neg", "Relu"), model.open().operators());
  }

  @Test
  void namesThatAreThereTwice() {
    refused(relu().node("Neg", "x", "y"), "neg-y", "output y is given twice");
    refused(relu().node("Neg", "x", "x"), "neg-x", "output x is given twice");
    refused(relu().initialiser("y", floats(1)), "relu-y", "output y is given twice");
    refused(
        relu().initialiser("w", floats(1)).initialiser("w", floats(1)),
        "initialiser w is there twice");
    refused(relu().input("x", FLOAT, 1), "input \"x\" is there twice");
    TestModel constant = relu().node("Constant", "", "w", with("value_float", 1f));
    refused(
        constant.node("Constant", "", "w", with("value_float", 1f)), "constant-w", "given twice");
    refused(relu().node("Constant", "", "x", with("value_float", 1f)), "input x", "constant");
  }

  @Test
  void namesThatAreMissing() {
    refused(relu().initialiser("", floats(1)), "initialiser has no name");
    refused(relu().input("", FLOAT, 1), "no name");
    refused(relu().output("", FLOAT, 1), "output \"\"");
    refused(relu().output("z", FLOAT, 1), "output \"z\"", "no node");
    refused(TestModel.opset(13).input("x", FLOAT, 1), "no output");
  }

  // --- Types and shapes.

  @Test
  void valuesThatAreNoTensors() {
    TypeProto sequence =
        TypeProto.newBuilder().setSequenceType(TypeProto.Sequence.newBuilder()).build();
    TestModel model = relu();
    model.graph().addInput(ValueInfoProto.newBuilder().setName("s").setType(sequence));
    refused(model, "s", "SEQUENCE_TYPE");
  }

  @ParameterizedTest
  @CsvSource({"8,string", "14,complex64", "17,float8", "21,uint4", "99,type 99", "0,undefined"})
  void tensorsOfTypesThatAreNotSupported(int code, String label) {
    TestModel model = relu();
    model.graph().addInput(TestModel.value("s", code, 1));
    refused(model, "s", "tensors of type " + label + " are not supported");
    TensorProto tensor = TensorProto.newBuilder().setName("w").setDataType(code).build();
    refused(relu().initialiser(tensor), "initialiser w", label, "not supported");
  }

  @Test
  void aSparseInitialiser() {
    TestModel model = relu();
    model
        .graph()
        .addSparseInitializer(
            SparseTensorProto.newBuilder().setValues(TensorProto.newBuilder().setName("w")));
    refused(model, "w", "sparse");
  }

  @Test
  void anInputWithoutAShape() {
    TestModel model = relu();
    model.graph().addInput(TestModel.value("z", 1, 1).toBuilder().setType(openType()).build());
    refused(model, "input z has no shape");
  }

  private static TypeProto openType() {
    return TypeProto.newBuilder()
        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(1))
        .build();
  }

  @Test
  void anInputOfMoreElementsThanThereCanBe() {
    int most = Integer.MAX_VALUE;
    TestModel model = relu().input("z", FLOAT, most, most, most);
    refused(model, "input z", "more than");
  }

  @Test
  void anInputOfTooManyDimensions() {
    TestModel model = relu().input("z", FLOAT, new int[65]);
    refused(model, "input z", "65 dimensions", "64");
  }

  @Test
  void anInputThatDiffersFromItsInitialiser() {
    refused(
        relu().input("w", FLOAT, 3).initialiser("w", floats(1, 2)), "input w", "[3]", "shape 2");
    refused(
        relu().input("w", INT64, 2).initialiser("w", floats(1, 2)), "input w", "int64", "float32");
    assertEquals(
        1, relu().input("w", FLOAT, -1).initialiser("w", floats(1, 2)).open().inputs().size());
  }

  @Test
  void anOutputThatIsDeclaredOtherwise() {
    TestModel type =
        TestModel.opset(13).input("x", FLOAT, 2).output("y", INT64, 2).node("Relu", "x", "y");
    refused(type, "output y", "int64", "float32");
    TestModel shape =
        TestModel.opset(13).input("x", FLOAT, 2).output("y", FLOAT, 3).node("Relu", "x", "y");
    refused(shape, "output y", "[3]", "shape 2");
  }

  @Test
  void operandsThatDoNotFit() {
    TestModel add =
        TestModel.opset(13)
            .input("a", FLOAT, 2)
            .input("b", FLOAT, 3)
            .output("y", FLOAT, 3)
            .node("Add", "a,b", "y");
    refused(add, "add-y", "Add", "2", "3", "broadcast");
    TestModel conv =
        TestModel.opset(13)
            .input("x", FLOAT, 1, 3, 4, 4)
            .initialiser("w", Tensors.counting(2, 4, 1, 1))
            .openOutput("y", FLOAT)
            .node("Conv", "x,w", "y");
    refused(conv, "conv-y", "Conv", "2×4×1×1", "2×3×1×1");
  }

  @Test
  void operandsOfDifferentTypes() {
    TestModel add =
        TestModel.opset(13)
            .input("a", FLOAT, 2)
            .input("b", INT64, 2)
            .openOutput("y", FLOAT)
            .node("Add", "a,b", "y");
    refused(add, "add-y", "Add", "float32", "int64");
    TestModel concat =
        TestModel.opset(13)
            .input("a", FLOAT, 2)
            .initialiser("b", int64(1))
            .openOutput("y", FLOAT)
            .node("Concat", "a,b", "y", with("axis", 0L));
    refused(concat, "concat-y", "float32", "int64");
    TestModel where =
        TestModel.opset(13)
            .input("c", FLOAT, 2)
            .input("a", FLOAT, 2)
            .openOutput("y", FLOAT)
            .node("Where", "c,a,a", "y");
    refused(where, "where-y", "Where", "condition", "float32");
  }

  @Test
  void moreTensorsThanTheLimit() {
    TestModel model =
        relu().initialiser("v", floats(1, 2, 3)).initialiser("w", int64(1, 2, 3, 4, 5));
    LoadLimits justEnough = new LoadLimits(1 << 20, 3 * 4 + 5 * 8);
    assertEquals(1, model.open(justEnough).nodeCount());
    LoadLimits less = new LoadLimits(1 << 20, 3 * 4 + 5 * 8 - 1);
    refused(() -> model.open(less), "initialiser w", "limit of 51 bytes");
  }

  @Test
  void constantsComputedOverTheLimit() {
    TestModel model =
        TestModel.opset(13)
            .initialiser("s", int64(1000, 1000))
            .openOutput("y", FLOAT)
            .node("ConstantOfShape", "s", "y");
    refused(() -> model.open(new LoadLimits(1 << 20, 1 << 20)), "constantofshape-y", "1048576");
    assertEquals(shape(1000, 1000), model.open().outputs().size() == 1 ? shape(1000, 1000) : null);
  }

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;
}
