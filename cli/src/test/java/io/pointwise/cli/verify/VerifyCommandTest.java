// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.pointwise.cli.Ran;
import io.pointwise.cli.TestDevice;
import io.pointwise.cli.TestModel;
import io.pointwise.cpu.CpuProvider;
import io.pointwise.device.Devices;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.Onnx;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  private final Devices devices = new Devices(List.of(new CpuProvider()));

  @TempDir Path folder;

  private Ran verify(String... args) {
    List<String> all = new ArrayList<>(List.of("verify"));
    all.addAll(List.of(args));
    return Ran.command(devices, all.toArray(String[]::new));
  }

  private static TypedTensor floats(float... values) {
    return TypedTensor.of(Tensor.of(Shape.of(values.length), values));
  }

  private static void put(Path file, TypedTensor tensor) throws IOException {
    Files.createDirectories(file.getParent());
    Onnx.writeTensor(file, "x", tensor);
  }

  /** A case that adds 0 to two numbers. */
  private Path echo(String name, TypedTensor input, TypedTensor expected) throws IOException {
    Path place = folder.resolve(name);
    TestModel.echo(2).write(place.resolve("model.onnx"));
    put(place.resolve("test_data_set_0").resolve("input_0.pb"), input);
    put(place.resolve("test_data_set_0").resolve("output_0.pb"), expected);
    return place;
  }

  private Path unsupported(String name) throws IOException {
    Path place = folder.resolve(name);
    TestModel.unsupported().write(place.resolve("model.onnx"));
    Files.createDirectories(place.resolve("test_data_set_0"));
    return place;
  }

  private static List<String> results(Ran ran) {
    return ran.out().lines().skip(1).toList();
  }

  @Test
  void eachCaseHasALineAndThenTheyAreCounted() throws IOException {
    echo("right", floats(1, 2), floats(1, 2));
    echo("wrong", floats(1, 2), floats(1, 3));
    unsupported("strange");
    Ran ran = verify(folder.toString());
    assertEquals(1, ran.status(), ran.err());
    assertTrue(ran.out().startsWith("device: cpu ("), ran.out());
    List<String> lines = results(ran);
    assertEquals("PASS         right", lines.get(0));
    assertTrue(lines.get(1).startsWith("UNSUPPORTED  strange: Det: "), lines.get(1));
    assertEquals(
        "FAIL         wrong: output y: 1 of 2 elements wrong, the worst at [1]: 2.00000000 where"
            + " 3.00000000 is expected",
        lines.get(2));
    assertEquals("1 passed, 1 failed, 1 unsupported", lines.get(3));
    assertEquals(4, lines.size());
  }

  @Test
  void jsonHasEveryFieldOfTheContract() throws IOException {
    echo("right", floats(1, 2), floats(1, 2.0005f));
    echo("wrong", floats(1, 2), floats(1, 3));
    unsupported("strange");
    Ran ran = verify(folder.toString(), "--json");
    assertEquals(1, ran.status(), ran.err());
    JsonNode json = ran.json();
    assertEquals("pointwise-verify/1", json.path("schema").asText());
    assertEquals(1, json.path("passed").asInt());
    assertEquals(1, json.path("failed").asInt());
    assertEquals(1, json.path("unsupported").asInt());
    JsonNode cases = json.path("cases");
    JsonNode right = cases.path(0);
    assertEquals("right", right.path("name").asText());
    assertEquals("PASS", right.path("status").asText());
    assertTrue(right.has("reason") && right.path("reason").isNull());
    assertEquals(5e-4, right.path("max_error").asDouble(), 1e-6);
    JsonNode strange = cases.path(1);
    assertEquals("UNSUPPORTED", strange.path("status").asText());
    assertTrue(strange.path("reason").asText().startsWith("Det: "));
    assertTrue(strange.has("max_error") && strange.path("max_error").isNull());
    JsonNode wrong = cases.path(2);
    assertEquals("FAIL", wrong.path("status").asText());
    assertEquals(1, wrong.path("max_error").asDouble());
    assertEquals("cpu", json.path("device").path("id").asText());
    assertEquals(4, wrong.size());
  }

  @Test
  void onlyFailuresAreStatus1() throws IOException {
    String right = echo("right", floats(1, 2), floats(1, 2)).toString();
    String strange = unsupported("strange").toString();
    Ran ran = verify(right, strange);
    assertEquals(0, ran.status(), ran.err());
    assertEquals("1 passed, 0 failed, 1 unsupported", results(ran).getLast());
  }

  @Test
  void tolerancesMayBeGiven() throws IOException {
    String wrong = echo("wrong", floats(1, 2), floats(1, 3)).toString();
    assertEquals(1, verify(wrong).status());
    assertEquals(0, verify(wrong, "--rtol", "0.5").status());
    assertEquals(0, verify(wrong, "--rtol", "0", "--atol", "1").status());
    assertEquals(1, verify(wrong, "--rtol", "0", "--atol", "0.9").status());
    for (String illegal : List.of("-1", "NaN", "much")) {
      assertEquals(2, verify(wrong, "--rtol", illegal).status(), illegal);
      assertEquals(2, verify(wrong, "--atol", illegal).status(), illegal);
    }
  }

  @Test
  void allDataSetsMustPass() throws IOException {
    Path place = echo("several", floats(1, 2), floats(1, 2));
    for (int set : new int[] {2, 10}) {
      put(place.resolve("test_data_set_" + set).resolve("input_0.pb"), floats(set, 0));
      put(place.resolve("test_data_set_" + set).resolve("output_0.pb"), floats(set, set - 2));
    }
    Ran ran = verify(place.toString());
    assertEquals(1, ran.status());
    assertTrue(results(ran).getFirst().startsWith("FAIL         several: test_data_set_10: "));
  }

  @Test
  void casesAreFoundHoweverDeepAndNamedByTheirPlace() throws IOException {
    echo("a/b/right", floats(1, 2), floats(1, 2));
    echo("a/other", floats(1, 2), floats(1, 2));
    List<String> lines = results(verify(folder.toString()));
    assertEquals("PASS         a/b/right", lines.get(0));
    assertEquals("PASS         a/other", lines.get(1));
    assertEquals(
        "PASS         right", results(verify(folder.resolve("a/b/right").toString())).getFirst());
  }

  @Test
  void aModelBesideItsOutputTakesARamp() throws IOException {
    TestModel.echo(1, 4).write(folder.resolve("light_net.onnx"));
    TypedTensor ramp = TypedTensor.of(Tensor.of(Shape.of(1, 4), 0, 0.25f, 0.5f, 0.75f));
    put(folder.resolve("light_net_output_0.pb"), ramp);
    for (Path place : List.of(folder, folder.resolve("light_net.onnx"))) {
      Ran ran = verify(place.toString());
      assertEquals(0, ran.status(), ran.out());
      assertEquals("PASS         light_net", results(ran).getFirst());
    }
  }

  @Test
  void severalInputsAndOutputsAreTakenInTheirOrder() throws IOException {
    Path place = folder.resolve("order");
    TestModel model = new TestModel();
    for (int i = 0; i < 11; i++) {
      model.input("x" + i, 1).node("Neg", List.of("x" + i), "y" + i).output("y" + i, 1);
    }
    model.write(place.resolve("model.onnx"));
    for (int i = 0; i < 11; i++) {
      put(place.resolve("test_data_set_0").resolve("input_" + i + ".pb"), floats(i));
      put(place.resolve("test_data_set_0").resolve("output_" + i + ".pb"), floats(-i));
    }
    assertEquals("PASS         order", results(verify(place.toString())).getFirst());
  }

  @Test
  void typesAndShapesMustBeThoseExpected() throws IOException {
    TypedTensor doubles = TypedTensor.of(ElementType.DOUBLE, Shape.of(2), 1.0, 2.0);
    TypedTensor row = TypedTensor.of(Tensor.of(Shape.of(1, 2), 1, 2));
    Path type = echo("type", floats(1, 2), doubles);
    Path shape = echo("shape", floats(1, 2), row);
    Ran ran = verify(type.toString(), shape.toString());
    assertEquals(1, ran.status());
    assertEquals(
        "FAIL         type: output y: type float32 where float64 is expected", results(ran).get(0));
    assertEquals(
        "FAIL         shape: output y: shape 2 where 1×2 is expected", results(ran).get(1));
  }

  @Test
  void casesThatCannotBeReadFail() throws IOException {
    Path noSets = folder.resolve("a");
    TestModel.echo(2).write(noSets.resolve("model.onnx"));
    Path noModel = echo("b", floats(1, 2), floats(1, 2));
    Files.writeString(noModel.resolve("model.onnx"), "this is no model");
    Path noTensor = echo("c", floats(1, 2), floats(1, 2));
    Files.write(noTensor.resolve("test_data_set_0").resolve("output_0.pb"), new byte[] {1, 2, 3});
    Path noOutputs = echo("d", floats(1, 2), floats(1, 2));
    Files.delete(noOutputs.resolve("test_data_set_0").resolve("output_0.pb"));
    Path manyOutputs = echo("e", floats(1, 2), floats(1, 2));
    put(manyOutputs.resolve("test_data_set_0").resolve("output_1.pb"), floats(1, 2));
    Path noInputs = echo("f", floats(1, 2), floats(1, 2));
    Files.delete(noInputs.resolve("test_data_set_0").resolve("input_0.pb"));
    Path wrongInput = echo("g", floats(1, 2, 3), floats(1, 2, 3));
    Ran ran = verify(folder.toString());
    assertEquals(1, ran.status(), ran.err());
    List<String> lines = results(ran);
    assertEquals("FAIL         a: it has no folder test_data_set_*", lines.get(0));
    assertTrue(lines.get(1).startsWith("FAIL         b: "), lines.get(1));
    assertTrue(lines.get(2).startsWith("FAIL         c: "), lines.get(2));
    assertEquals("FAIL         d: 0 outputs expected, and the model has 1", lines.get(3));
    assertEquals("FAIL         e: 2 outputs expected, and the model has 1", lines.get(4));
    assertTrue(lines.get(5).startsWith("FAIL         f: "), lines.get(5));
    assertTrue(lines.get(6).startsWith("FAIL         g: "), lines.get(6));
    assertEquals("0 passed, 7 failed, 0 unsupported", lines.get(7));
    assertFalse(ran.out().contains("an error in pointwise itself"), ran.out());
    assertTrue(Files.exists(wrongInput));
  }

  @Test
  void placesWithoutACaseAreStatus4() throws IOException {
    Ran missing = verify(folder.resolve("none").toString());
    assertEquals(4, missing.status());
    assertTrue(missing.sentence().endsWith("there is no such file or folder"));
    Ran empty = verify(folder.toString());
    assertEquals(4, empty.status());
    assertTrue(empty.sentence().startsWith("there is no test case in " + folder));
    String right = echo("right", floats(1, 2), floats(1, 2)).toString();
    assertEquals(4, verify(right, folder.resolve("none").toString()).status());
  }

  @Test
  void aRequiredDeviceThatIsNotThereIsStatus3() throws IOException {
    String right = echo("right", floats(1, 2), floats(1, 2)).toString();
    Ran ran = verify(right, "--device", "cuda");
    assertEquals(3, ran.status());
    assertFalse(ran.sentence().isEmpty());
  }

  @Test
  void whatADeviceCannotRunIsUnsupported() throws IOException {
    String right = echo("right", floats(1, 2), floats(1, 2)).toString();
    Devices exact = TestDevice.with(TestDevice.exact());
    Ran ran = Ran.command(exact, "verify", right, "--device", "test");
    assertEquals(0, ran.status(), ran.err());
    assertTrue(results(ran).getFirst().startsWith("UNSUPPORTED  right: "), ran.out());
  }

  @Test
  void theWordAfterJsonMayBeACase() throws IOException {
    String right = echo("right", floats(1, 2), floats(1, 2)).toString();
    assertEquals(1, verify("--json", right).json().path("passed").asInt());
  }

  @Test
  void aLinkToAFolderAboveIsNotFollowedForEver() throws IOException {
    echo("right", floats(1, 2), floats(1, 2));
    Files.createSymbolicLink(folder.resolve("loop"), folder);
    assertEquals("1 passed, 0 failed, 0 unsupported", results(verify(folder.toString())).getLast());
  }
}
