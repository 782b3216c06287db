// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.plan.PlanOptions;
import io.pointwise.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cases of others, with the outputs that their publishers expect: ONNX's own of single operators
 * and exported modules, whole architectures, and trained models. A case passes when {@code |a − b|
 * ≤ 1e-5 + 1e-3·|b|} for every element, as in ONNX's own runner, and NaN is where NaN is expected.
 */
class PublishedCasesTest {
  /** Uses of what is not supported: quantised operators and arithmetic in float64. */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "test_convinteger_without_padding",
          "test_dequantizelinear",
          "test_dequantizelinear_blocked",
          "test_dequantizelinear_int16",
          "test_max_float64",
          "test_min_float64",
          "test_qlinearconv",
          "test_quantizelinear",
          "test_quantizelinear_blocked_asymmetric",
          "test_quantizelinear_blocked_symmetric");

  @TestFactory
  Stream<DynamicTest> onnxNode() {
    return cases("onnx-node", 165);
  }

  @TestFactory
  Stream<DynamicTest> onnxNodeExtra() {
    return cases("onnx-node-extra", 144);
  }

  @TestFactory
  Stream<DynamicTest> onnxPyTorchConverted() {
    return cases("onnx-pytorch-converted", 56);
  }

  @TestFactory
  Stream<DynamicTest> models() {
    return cases("models-cases", 10);
  }

  @TestFactory
  Stream<DynamicTest> architecturesWithWeights() {
    return cases("onnx-light-filled", 1);
  }

  private static Stream<DynamicTest> cases(String folder, int least) {
    List<Path> cases = TestData.folders(TestData.file(folder));
    assertTrue(cases.size() >= least, () -> folder + " has only " + cases.size() + " cases");
    return cases.stream()
        .map(
            path -> DynamicTest.dynamicTest(String.valueOf(path.getFileName()), () -> check(path)));
  }

  private static void check(Path folder) {
    String name = String.valueOf(folder.getFileName());
    if (UNSUPPORTED.contains(name)) {
      Refusal.refused(() -> Onnx.open(folder.resolve("model.onnx")), "not supported");
      return;
    }
    OnnxModel model = Onnx.open(folder.resolve("model.onnx"));
    List<Path> sets = TestData.folders(folder);
    assertTrue(!sets.isEmpty(), () -> name + " has no data");
    try (OnnxSession session = model.session(SingleNode.CPU, PlanOptions.DEFAULT)) {
      for (Path set : sets) {
        List<TypedTensor> outputs = session.run(TestData.tensors(set, "input_"));
        requireExpected(name, outputs, TestData.tensors(set, "output_"));
      }
    }
  }

  private static void requireExpected(
      String name, List<TypedTensor> outputs, List<TypedTensor> expected) {
    assertEquals(expected.size(), outputs.size(), name);
    for (int i = 0; i < outputs.size(); i++) {
      requireClose(name + " output " + i, outputs.get(i), expected.get(i));
    }
  }

  private static void requireClose(String what, TypedTensor actual, TypedTensor expected) {
    assertEquals(expected.type(), actual.type(), what);
    assertEquals(expected.shape(), actual.shape(), what);
    for (long i = 0; i < expected.shape().elements(); i++) {
      double a = actual.value(i);
      double b = expected.value(i);
      boolean close = Double.compare(a, b) == 0 || Math.abs(a - b) <= 1e-5 + 1e-3 * Math.abs(b);
      long at = i;
      assertTrue(close, () -> what + ": element " + at + " is " + a + ", expected " + b);
    }
  }

  /** The input is counting up to 1; weights are constants, so the numbers show little. */
  @ParameterizedTest
  @ValueSource(
      strings = {"bvlc_alexnet", "inception_v1", "resnet50", "shufflenet", "squeezenet", "vgg19"})
  void architectures(String name) {
    Path folder = TestData.file("onnx-light");
    OnnxModel model = Onnx.open(folder.resolve("light_" + name + ".onnx"));
    List<TypedTensor> inputs = new ArrayList<>();
    for (OnnxValue input : model.inputs()) {
      Shape shape = input.shape().orElseThrow();
      double[] values = new double[(int) shape.elements()];
      java.util.Arrays.setAll(values, i -> i / (double) values.length);
      inputs.add(TypedTensor.of(ElementType.FLOAT, shape, values));
    }
    try (OnnxSession session = model.session(SingleNode.CPU, PlanOptions.DEFAULT)) {
      requireExpected(
          name,
          session.run(inputs),
          List.of(Onnx.readTensor(folder.resolve("light_" + name + "_output_0.pb"))));
    }
  }
}
