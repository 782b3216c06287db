// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.pointwise.cli.Ran;
import io.pointwise.cli.TestDevice;
import io.pointwise.cli.TestImages;
import io.pointwise.cli.TestModel;
import io.pointwise.cli.tensor.TensorFile;
import io.pointwise.cpu.CpuProvider;
import io.pointwise.device.Devices;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  private static final int OPEN = TestModel.OPEN;

  private final Devices devices = new Devices(List.of(new CpuProvider()));

  @TempDir Path folder;

  private Ran run(String... args) {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(args));
    return Ran.command(devices, all.toArray(String[]::new));
  }

  private Ran done(String... args) {
    Ran ran = run(args);
    assertEquals(0, ran.status(), ran.err());
    return ran;
  }

  private String refused(int status, String... args) {
    Ran ran = run(args);
    assertEquals(status, ran.status(), ran.out() + ran.err());
    return ran.sentence();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private String model(TestModel model) throws IOException {
    return model.write(folder.resolve("model.onnx"));
  }

  private String tensor(String name, TypedTensor tensor) {
    TensorFile.write(file(name), "x", tensor);
    return file(name);
  }

  private String floats(String name, Shape shape, float... values) {
    return tensor(name, TypedTensor.of(Tensor.of(shape, values)));
  }

  /** A red pixel and a pixel of some green and less blue. */
  private String image(String name) throws IOException {
    return TestImages.rgb(folder.resolve(name), 2, 0xFF0000, 0x006432);
  }

  @Test
  void theScoresOfAnImageAreShownWithTheirLabels() throws IOException {
    String labels = file("labels.txt");
    Files.writeString(Path.of(labels), "red\ngreen\nblue\n");
    Ran ran =
        done(
            model(TestModel.channelMeans(1, 3, 1, 2)),
            image("a.png"),
            "--labels",
            labels,
            "--top",
            "2");
    assertTrue(ran.out().contains("device: cpu ("), ran.out());
    assertTrue(ran.out().contains("takes image float32 1×3×1×2"), ran.out());
    List<String> lines = ran.out().lines().map(String::strip).toList();
    assertTrue(lines.contains("127.500      0  red"), ran.out());
    assertTrue(lines.contains("50      1  green"), ran.out());
    assertFalse(ran.out().contains("blue"), ran.out());
    assertEquals("", ran.err());
  }

  @Test
  void jsonHasTheWholeResult() throws IOException {
    String labels = file("labels.txt");
    Files.writeString(Path.of(labels), "red\ngreen\nblue\n");
    String model = model(TestModel.channelMeans(1, 3, 1, 2));
    String image = image("a.png");
    JsonNode json = done(model, image, "--labels", labels, "--json").json();
    assertEquals("pointwise-run/1", json.path("schema").asText());
    assertEquals(model, json.path("model").path("file").asText());
    assertEquals("image", json.path("model").path("inputs").path(0).path("name").asText());
    assertEquals("[1,3]", json.path("model").path("outputs").path(0).path("shape").toString());
    JsonNode device = json.path("device");
    assertEquals("cpu", device.path("id").asText());
    assertFalse(device.path("name").asText().isEmpty());
    assertFalse(device.path("simulated").asBoolean(true));
    assertTrue(json.path("skipped").isArray());
    assertEquals("fp32", json.path("precision").asText());
    assertTrue(json.path("environment").path("java").isTextual());
    JsonNode input = json.path("inputs").path(0);
    assertEquals(image, input.path("files").path(0).asText());
    assertEquals("float32", input.path("type").asText());
    assertEquals("[1,3,1,2]", input.path("shape").toString());
    JsonNode output = json.path("outputs").path(0);
    assertEquals(0, output.path("run").asInt(-1));
    assertEquals("scores", output.path("name").asText());
    assertEquals("float32", output.path("type").asText());
    assertEquals("[1,3]", output.path("shape").toString());
    assertEquals(25, output.path("min").asDouble());
    assertEquals(127.5, output.path("max").asDouble());
    assertEquals(67.5, output.path("mean").asDouble());
    assertEquals(0, output.path("nan").asLong(-1));
    assertEquals("[127.5,50.0,25.0]", output.path("first").toString());
    JsonNode best = output.path("top").path(0);
    assertEquals(0, best.path("index").asInt(-1));
    assertEquals("red", best.path("label").asText());
    assertEquals(127.5, best.path("value").asDouble());
    assertEquals(3, output.path("top").size());
    for (String absent : List.of("timing", "profile", "accuracy")) {
      assertTrue(json.has(absent) && json.path(absent).isNull(), absent);
    }
  }

  @Test
  void imagesArePreparedAsAsked() throws IOException {
    String model = model(TestModel.echo(1, 3, 1, 2));
    done(
        model,
        image("a.png"),
        "--bgr",
        "--scale",
        "1/255",
        "--mean",
        "1,2,3",
        "--std",
        "0.5",
        "--output",
        file("y.npy"));
    float[] y = TensorFile.read(file("y.npy")).toTensor().toArray();
    float[] expected = {-2, (50 / 255f - 1) * 2, -4, (100 / 255f - 2) * 2, -4, -6};
    assertArrayEquals(expected, y, 1e-6f);
  }

  @Test
  void resizingIsDoneOnlyOnRequest() throws IOException {
    String model = model(TestModel.channelMeans(1, 3, 4, 4));
    String image = image("a.png");
    assertEquals(
        image + " is 2×1, and the model takes 4×4; --resize 4x4 makes it fit",
        refused(4, model, image));
    JsonNode json = done(model, image, "--resize", "4x4", "--json").json();
    assertEquals(127.5, json.path("outputs").path(0).path("max").asDouble(), 1e-4);
  }

  @Test
  void severalImagesRunOneAfterTheOther() throws IOException {
    String model = model(TestModel.channelMeans(OPEN, 3, OPEN, OPEN));
    String white = TestImages.rgb(folder.resolve("b.png"), 1, 0xFFFFFF);
    JsonNode json = done(model, image("a.png"), white, "--json").json();
    JsonNode outputs = json.path("outputs");
    assertEquals(2, outputs.size());
    assertEquals(127.5, outputs.path(0).path("max").asDouble());
    assertEquals(1, outputs.path(1).path("run").asInt());
    assertEquals(255, outputs.path(1).path("min").asDouble());
    assertEquals("[1,3,1,1]", json.path("inputs").path(1).path("shape").toString());
  }

  @Test
  void aModelOfAFixedBatchTakesSoManyImagesAtOnce() throws IOException {
    String model = model(TestModel.channelMeans(2, 3, 1, 2));
    JsonNode json = done(model, image("a.png"), image("b.png"), "--top", "1", "--json").json();
    JsonNode top = json.path("outputs").path(0).path("top");
    assertEquals(2, top.size());
    assertEquals(1, top.path(1).path("row").asInt());
    assertEquals("the model takes 2 images at once, got 1", refused(2, model, image("a.png")));
    Ran ran = done(model, image("a.png"), image("b.png"));
    assertTrue(ran.out().contains("a.png, "), ran.out());
    assertTrue(ran.out().lines().anyMatch(line -> line.startsWith("        1  ")), ran.out());
  }

  @Test
  void tensorsAreReadFromBothFormats() throws IOException {
    String model = model(TestModel.sum(2, 2));
    String a = floats("a.npy", Shape.of(2, 2), 1, 2, 3, 4);
    String b = floats("b.pb", Shape.of(2, 2), 10, 20, 30, Float.NaN);
    Ran ran = done(model, a, b);
    assertTrue(ran.out().contains("c: float32 2×2, min 11, max 33, mean none"), ran.out());
    assertTrue(ran.out().contains("not a number: 1"), ran.out());
    assertTrue(ran.out().contains("first: 11, 22, 33, none"), ran.out());
  }

  @Test
  void outputsAreWrittenInBothFormats() throws IOException {
    String model = model(TestModel.echo(1, 2));
    String a = floats("a.npy", Shape.of(1, 2), 1, 2);
    for (String name : List.of("y.npy", "y.pb")) {
      Ran ran = done(model, a, "--output", file(name));
      assertTrue(ran.out().contains("written to " + file(name)), ran.out());
      assertArrayEquals(new float[] {1, 2}, TensorFile.read(file(name)).toTensor().toArray(), name);
    }
  }

  @Test
  void severalOutputsAndRunsAreNumbered() throws IOException {
    TestModel twice = TestModel.echo(1, 1).node("Neg", List.of("y"), "z").output("z", 1, 1);
    String model = model(twice);
    String a = floats("a.npy", Shape.of(1, 1), 1);
    String b = floats("b.npy", Shape.of(1, 1), 2);
    JsonNode json = done(model, a, b, "--output", file("o.npy"), "--json").json();
    assertEquals(file("o_1_1.npy"), json.path("outputs").path(3).path("file").asText());
    assertEquals(-2, TensorFile.read(file("o_1_1.npy")).value(0));
    assertEquals(1, TensorFile.read(file("o_0_0.npy")).value(0));
  }

  @Test
  void valuesAreConvertedToTheTypeOfTheInput() throws IOException {
    String model = model(TestModel.echo(2));
    String doubles = tensor("a.npy", TypedTensor.of(ElementType.DOUBLE, Shape.of(2), 0.1, 2));
    JsonNode json = done(model, doubles, "--json").json();
    assertEquals("float32", json.path("inputs").path(0).path("type").asText());
    String large =
        tensor("b.npy", TypedTensor.of(ElementType.INT64, Shape.of(2), 1L << 40, 1L << 40 | 1));
    assertTrue(refused(4, model, large).contains("takes float32"));
  }

  @Test
  void imagesGoIntoIntegerInputs() throws IOException {
    TestModel bytes =
        new TestModel()
            .input("x", ElementType.UINT8, 1, 1, 2, 3)
            .cast("x", ElementType.FLOAT, "y")
            .output("y", 1, 1, 2, 3);
    String model = model(bytes);
    String grey = TestImages.grey(folder.resolve("g.png"), 8, 3, 0, 1, 2, 253, 254, 255);
    JsonNode json = done(model, grey, "--json").json();
    assertEquals("uint8", json.path("inputs").path(0).path("type").asText());
    assertEquals(255, json.path("outputs").path(0).path("max").asDouble());
    assertTrue(refused(4, model, grey, "--scale", "0.5").contains("0.5 is not one"));
  }

  @Test
  void otherShapesAreRefusedWithBoth() throws IOException {
    String model = model(TestModel.echo(OPEN, 2));
    String a = floats("a.npy", Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    assertEquals(a + " holds 2×3, and input x of the model takes n×2", refused(4, model, a));
    String b = floats("b.npy", Shape.of(2), 1, 2);
    assertEquals(b + " holds 2, and input x of the model takes n×2", refused(4, model, b));
  }

  @Test
  void theNumberOfFilesMustFitTheInputs() throws IOException {
    String model = model(TestModel.sum(1));
    String a = floats("a.npy", Shape.of(1), 1);
    assertEquals("the model takes 2 inputs (a, b), got 1 file", refused(2, model, a));
    assertEquals("the model takes 2 inputs (a, b), got 3 files", refused(2, model, a, a, a));
    String one = TestModel.echo(1).write(folder.resolve("one.onnx"));
    assertTrue(refused(2, one).startsWith("run on what? "));
  }

  @Test
  void repeatedRunsAreTimed() throws IOException {
    String model = model(TestModel.echo(4, 2));
    String a = floats("a.npy", Shape.of(4, 2), 1, 2, 3, 4, 5, 6, 7, 8);
    JsonNode timing = done(model, a, "--repeat", "7", "--json").json().path("timing");
    assertEquals(7, timing.path("repeat").asInt());
    assertEquals(4, timing.path("images").asInt());
    JsonNode latency = timing.path("latency_ns");
    assertEquals(7, latency.path("samples").asInt());
    assertTrue(latency.path("p10").asLong() <= latency.path("median").asLong());
    assertTrue(latency.path("median").asLong() <= latency.path("p90").asLong());
    assertTrue(timing.path("images_per_second").asDouble() > 0);
    Ran ran = done(model, a, "--repeat", "2");
    assertTrue(ran.out().contains("latency: "), ran.out());
    assertTrue(ran.out().contains("images/s, 4 at once"), ran.out());
  }

  @Test
  void theProfileHasEveryStep() throws IOException {
    String model = model(TestModel.channelMeans(1, 3, 1, 2));
    String image = image("a.png");
    JsonNode profile = done(model, image, "--profile", "--json").json().path("profile");
    assertFalse(profile.isEmpty());
    double share = 0;
    for (JsonNode step : profile) {
      assertTrue(step.path("algorithm").isTextual());
      assertTrue(step.path("time_ns").asLong(-1) >= 0);
      assertTrue(step.path("layers").isArray());
      share += step.path("share").asDouble();
    }
    assertEquals(1, share, 1e-9);
    Ran ran = done(model, image, "--profile");
    assertTrue(ran.out().contains("algorithm"), ran.out());
    assertTrue(ran.out().lines().anyMatch(line -> line.startsWith("all ")), ran.out());
  }

  private String images(int... pixels) throws IOException {
    Path file = folder.resolve("images.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      TestImages.idxImages(out, 2, 2, pixels);
    }
    return file.toString();
  }

  /** The brightest pixels are 3, 0, 1, 1, 2. */
  private String fiveImages() throws IOException {
    return images(0, 1, 2, 9, 200, 0, 0, 0, 5, 255, 7, 0, 1, 2, 0, 0, 0, 0, 128, 127);
  }

  @Test
  void accuracyIsCountedInOnePass() throws IOException {
    String images = fiveImages();
    String labels = TestImages.idxLabels(folder.resolve("labels"), 3, 0, 1, 2, 2);
    for (int batch : new int[] {OPEN, 1, 2}) {
      String model = model(TestModel.pixelScores(batch, 1, 2, 2));
      JsonNode accuracy =
          done(model, "--idx-images", images, "--idx-labels", labels, "--json")
              .json()
              .path("accuracy");
      assertEquals(5, accuracy.path("images").asInt());
      assertEquals(4, accuracy.path("correct").asInt());
      assertEquals(0.8, accuracy.path("accuracy").asDouble());
      assertEquals(batch == OPEN ? 5 : batch, accuracy.path("batch").asInt());
      assertTrue(accuracy.path("images_per_second").asDouble() > 0);
    }
    String model = model(TestModel.pixelScores(OPEN, 1, 2, 2));
    Ran ran = done(model, "--idx-images", images, "--idx-labels", labels, "--batch", "3", "--bgr");
    assertTrue(ran.out().contains("accuracy: 4 of 5 images, 80.00 %"), ran.out());
    assertTrue(ran.out().contains("one pass in batches of 3: "), ran.out());
    assertTrue(ran.out().contains(" images/s"), ran.out());
  }

  @Test
  void idxImagesArePreparedLikeOthers() throws IOException {
    String images = images(0, 10, 250, 20);
    String labels = TestImages.idxLabels(folder.resolve("labels"), 0);
    String model = model(TestModel.pixelScores(1, 1, 2, 2));
    JsonNode json =
        done(model, "--idx-images", images, "--idx-labels", labels, "--std", "-1", "--json").json();
    assertEquals(1, json.path("accuracy").path("correct").asInt());
  }

  @Test
  void idxFilesMustFitEachOtherAndTheModel() throws IOException {
    String images = fiveImages();
    String labels = TestImages.idxLabels(folder.resolve("labels"), 3, 0, 1, 2);
    String model = model(TestModel.pixelScores(1, 1, 2, 2));
    assertEquals(
        images + " holds 5 images, and " + labels + " 4 labels",
        refused(4, model, "--idx-images", images, "--idx-labels", labels));
    String five = TestImages.idxLabels(folder.resolve("five"), 3, 0, 1, 2, 2);
    String[] both = {"--idx-images", images, "--idx-labels", five};
    assertTrue(
        refused(2, model, both[0], both[1], both[2], both[3], "--batch", "2")
            .contains("the batch of the model is fixed to 1"));
    String large = TestModel.pixelScores(1, 1, 3, 2).write(folder.resolve("large.onnx"));
    assertTrue(
        refused(4, large, both[0], both[1], both[2], both[3]).contains("the model takes 2×3"));
    String two = TestModel.sum(1).write(folder.resolve("two.onnx"));
    assertTrue(refused(2, two, both[0], both[1], both[2], both[3]).contains("one input"));
    String echo = TestModel.echo(1, 1, 2, 2).write(folder.resolve("echo.onnx"));
    assertTrue(
        refused(4, echo, both[0], both[1], both[2], both[3]).contains("not one score a class"));
  }

  @Test
  void labelsThatFitNoOutputAreToldAndNotShown() throws IOException {
    String labels = file("labels.txt");
    Files.writeString(Path.of(labels), "background\nred\ngreen\nblue\n");
    Ran ran = done(model(TestModel.channelMeans(1, 3, 1, 2)), image("a.png"), "--labels", labels);
    assertTrue(ran.err().contains("has 3 classes and there are 4 labels"), ran.err());
    assertFalse(ran.out().contains("red"), ran.out());
  }

  @Test
  void illegalOptionsAreUsageErrors() throws IOException {
    String model = model(TestModel.channelMeans(1, 3, 1, 2));
    String image = image("a.png");
    List<List<String>> illegal =
        List.of(
            List.of("--top", "0"),
            List.of("--repeat", "0"),
            List.of("--resize", "224"),
            List.of("--resize", "0x3"),
            List.of("--scale", "much"),
            List.of("--scale", "1/0"),
            List.of("--mean", "1,2"),
            List.of("--mean", "1,x,2"),
            List.of("--std", "0"),
            List.of("--std", "1,2"),
            List.of("--output", "y.txt"),
            List.of("--batch", "2"),
            List.of("--idx-images", "f"),
            List.of("--idx-labels", "f"),
            List.of("--idx-images", "f", "--idx-labels", "f"),
            List.of("--algorithm", "nonsense"));
    for (List<String> options : illegal) {
      List<String> args = new ArrayList<>(List.of(model, image));
      args.addAll(options);
      assertFalse(refused(2, args.toArray(String[]::new)).isEmpty());
    }
    assertEquals(2, run().status());
  }

  @Test
  void filesThatCannotBeUsedAreStatus4() throws IOException {
    String model = model(TestModel.channelMeans(1, 3, 1, 2));
    String image = image("a.png");
    String text = file("text.onnx");
    Files.writeString(Path.of(text), "this is no model");
    assertTrue(refused(4, file("none.onnx"), image).contains("there is no such file"));
    assertFalse(refused(4, text, image).isEmpty());
    assertTrue(refused(4, model, file("none.png")).contains("there is no such file"));
    assertTrue(refused(4, model, text).contains("inputs are images"));
    assertTrue(refused(4, model, folder.toString()).contains("it is a folder"));
    assertTrue(refused(4, model, image, "--labels", file("none")).contains("no such file"));
    assertTrue(
        refused(4, model, image, "--output", file("none/y.npy")).contains("there is no folder"));
    String broken = file("broken.pb");
    Files.write(Path.of(broken), new byte[] {1, 2, 3});
    assertFalse(refused(4, model, broken).isEmpty());
    assertTrue(
        refused(4, TestModel.unsupported().write(folder.resolve("u.onnx")), image).contains("Det"));
  }

  @Test
  void aRequiredDeviceThatIsNotThereIsStatus3() throws IOException {
    String model = model(TestModel.channelMeans(1, 3, 1, 2));
    assertFalse(refused(3, model, image("a.png"), "--device", "cuda").isEmpty());
  }

  @Test
  void theDeviceThatRanAndThoseSkippedAreTold() throws IOException {
    String model = model(TestModel.channelMeans(1, 3, 1, 2));
    JsonNode json = done(model, image("a.png"), "--device", "prefer:cuda,cpu", "--json").json();
    assertEquals("cpu", json.path("device").path("id").asText());
    assertEquals("cuda", json.path("skipped").path(0).path("device").asText());
  }

  @Test
  void aDeviceThatCannotRunTheModelIsStatus2() throws IOException {
    String model = model(TestModel.channelMeans(1, 3, 1, 2));
    Devices exact = TestDevice.with(TestDevice.exact());
    Ran ran = Ran.command(exact, "run", model, image("a.png"), "--device", "test");
    assertEquals(2, ran.status(), ran.err());
    assertFalse(ran.sentence().isEmpty());
  }

  @Test
  void theWordAfterJsonMayBeAModelOrAnInput() throws IOException {
    String model = model(TestModel.channelMeans(1, 3, 1, 2));
    String image = image("a.png");
    byte[] before = Files.readAllBytes(Path.of(image));
    assertEquals("pointwise-run/1", done("--json", model, image).json().path("schema").asText());
    assertEquals("pointwise-run/1", done(model, "--json", image).json().path("schema").asText());
    assertArrayEquals(before, Files.readAllBytes(Path.of(image)));
    String out = file("out.json");
    Ran ran = done(model, "--json", out, image);
    assertTrue(ran.out().contains("scores"), ran.out());
    assertEquals(
        "pointwise-run/1", Ran.parse(Files.readString(Path.of(out))).path("schema").asText());
  }
}
