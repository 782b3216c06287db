// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.pointwise.cli.Ran;
import io.pointwise.cli.TestData;
import io.pointwise.cpu.CpuProvider;
import io.pointwise.device.Devices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trained models on the photographs and digits that they were published for. */
class PublishedModelsTest {
  private final Devices devices = new Devices(List.of(new CpuProvider()));

  private JsonNode run(String model, String... args) {
    List<String> all = new ArrayList<>(List.of("run", "--json"));
    all.add(TestData.path("models-cases/" + model + "/model.onnx"));
    all.addAll(List.of(args));
    Ran ran = Ran.command(devices, all.toArray(String[]::new));
    assertEquals(0, ran.status(), ran.err());
    return ran.json();
  }

  @Test
  void squeezeNetKnowsWhatIsInThePhotographs() {
    JsonNode json =
        run(
            "squeezenet11-f32",
            TestData.path("images/kitten_224.png"),
            TestData.path("images/winml-hummingbird.jpg"),
            TestData.path("images/skimage/coffee.png"),
            "--resize",
            "224x224",
            "--bgr",
            "--mean",
            "104,117,123",
            "--labels",
            TestData.path("images/imagenet-labels-winml.txt"));
    JsonNode kitten = json.path("outputs").path(0).path("top").path(0);
    assertEquals("tabby, tabby cat", kitten.path("label").asText());
    assertEquals(0.939, kitten.path("value").asDouble(), 1e-3);
    JsonNode bird = json.path("outputs").path(1).path("top").path(0);
    assertEquals("hummingbird", bird.path("label").asText());
    JsonNode coffee = json.path("outputs").path(2).path("top").path(0);
    assertEquals("espresso", coffee.path("label").asText());
  }

  private double accuracy(String model, String... options) {
    List<String> args = new ArrayList<>();
    args.add("--idx-images");
    args.add(TestData.path("mnist/npm10k-images-idx3-ubyte.gz"));
    args.add("--idx-labels");
    args.add(TestData.path("mnist/npm10k-labels-idx1-ubyte.gz"));
    args.addAll(List.of(options));
    JsonNode accuracy = run(model, args.toArray(String[]::new)).path("accuracy");
    assertEquals(10_000, accuracy.path("images").asInt());
    return accuracy.path("accuracy").asDouble();
  }

  @Test
  void nearlyAllDigitsAreReadOneByOne() {
    assertTrue(accuracy("mnist-cntk-op8") > 0.99);
  }

  @Test
  void nearlyAllDigitsAreReadInBatches() {
    double accuracy =
        accuracy("mnist-tribuo", "--scale", "1/255", "--mean", ".1307", "--std", ".3081");
    assertTrue(accuracy > 0.985, () -> String.valueOf(accuracy));
  }
}
