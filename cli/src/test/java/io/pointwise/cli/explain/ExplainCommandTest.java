// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.pointwise.cli.Ran;
import io.pointwise.cli.TestDevice;
import io.pointwise.cli.TestModel;
import io.pointwise.cpu.CpuProvider;
import io.pointwise.device.Devices;
import io.pointwise.network.Network;
import io.pointwise.network.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  private final Devices devices = new Devices(List.of(new CpuProvider()));

  @TempDir Path folder;

  @Test
  void eachLayerHasALine() {
    Ran ran = Ran.command(devices, "explain", "squeezenet");
    assertEquals(0, ran.status(), ran.err());
    for (var node : Networks.get("squeezenet", 1).nodes()) {
      assertTrue(
          ran.out().lines().anyMatch(line -> line.startsWith(node.name() + " ")), node.name());
    }
    assertTrue(ran.out().contains("activations: peak "), ran.out());
    assertTrue(ran.out().lines().allMatch(line -> line.length() <= 160), ran.out());
  }

  @Test
  void jsonTellsEverything() {
    Network network = Networks.get("squeezenet", 1);
    JsonNode json = Ran.command(devices, "explain", "squeezenet", "--json").json();
    assertEquals("pointwise-explain/1", json.path("schema").asText());
    assertEquals(network.name(), json.path("network").asText());
    assertEquals("cpu", json.path("device").path("id").asText());
    assertEquals(network.nodes().size(), json.path("layers").size());
    assertEquals(network.cost().parameters(), json.path("totals").path("parameters").asLong());
    assertEquals(network.cost().macs(), json.path("totals").path("macs").asLong());
    assertEquals(2 * network.cost().macs(), json.path("totals").path("flops").asLong());
    for (String field :
        List.of("peak_bytes", "sum_bytes", "arena_bytes", "bound_bytes", "lower_bound_bytes")) {
      assertTrue(json.path("memory").path(field).isIntegralNumber(), field);
    }
    JsonNode first = json.path("layers").path(0);
    for (String field :
        List.of(
            "name",
            "kind",
            "shape",
            "parameters",
            "macs",
            "flops",
            "bytes",
            "algorithm",
            "step",
            "layouts",
            "note",
            "candidates")) {
      assertFalse(first.path(field).isMissingNode(), field);
    }
  }

  @Test
  void theBatchMultipliesTheWork() {
    JsonNode one = Ran.command(devices, "explain", "squeezenet", "--json").json();
    JsonNode four = Ran.command(devices, "explain", "squeezenet", "--batch", "4", "--json").json();
    assertEquals(
        4 * one.path("totals").path("macs").asLong(), four.path("totals").path("macs").asLong());
    assertEquals(4, four.path("layers").path(0).path("shape").path(0).asInt());
  }

  @Test
  void theWordAfterJsonMayBeTheNetwork() {
    JsonNode json = Ran.command(devices, "explain", "--json", "squeezenet").json();
    assertEquals("pointwise-explain/1", json.path("schema").asText());
  }

  private Ran explain(TestModel model, String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of("explain"));
    args.add(model.write(folder.resolve("model.onnx")));
    args.addAll(List.of(options));
    return Ran.command(devices, args.toArray(String[]::new));
  }

  @Test
  void modelsAreExplainedLikeNetworks() throws IOException {
    Ran ran = explain(TestModel.channelMeans(1, 3, 4, 5));
    assertEquals(0, ran.status(), ran.err());
    assertTrue(ran.out().contains("inputs [1×3×4×5]"), ran.out());
    assertTrue(ran.out().contains("means"), ran.out());
    String file = folder.resolve("model.onnx").toString();
    JsonNode json = Ran.command(devices, "explain", "--json", file).json();
    assertEquals("pointwise-explain/1", json.path("schema").asText());
    Path other = folder.resolve("no-ending");
    Files.copy(Path.of(file), other);
    assertEquals(0, Ran.command(devices, "explain", other.toString()).status());
  }

  @Test
  void openDimensionsAreOneUnlessTheyAreGiven() throws IOException {
    TestModel open = TestModel.channelMeans(TestModel.OPEN, 3, TestModel.OPEN, TestModel.OPEN);
    assertTrue(explain(open).out().contains("inputs [1×3×1×1]"));
    assertTrue(explain(open, "--batch", "2").out().contains("inputs [2×3×1×1]"));
    Ran ran = explain(open, "--batch", "2", "--input", "image=5x3x7x8");
    assertTrue(ran.out().contains("inputs [5×3×7×8]"), ran.out() + ran.err());
  }

  @Test
  void shapesThatDoNotFitAreUsageErrors() throws IOException {
    TestModel fixed = TestModel.channelMeans(1, 3, 4, 5);
    for (String[] options :
        new String[][] {
          {"--batch", "2"},
          {"--input", "image"},
          {"--input", "image=axb"},
          {"--input", "other=1x3x4x5"},
          {"--input", "image=1x3x4x6"},
          {"--input", "image=99999999999"}
        }) {
      Ran ran = explain(fixed, options);
      assertEquals(2, ran.status(), String.join(" ", options));
      assertFalse(ran.sentence().isEmpty());
    }
    assertEquals(2, Ran.command(devices, "explain", "nin", "--input", "image=1x3x4x5").status());
  }

  @Test
  void modelsThatCannotBeUsedAreStatus4() throws IOException {
    Ran missing = Ran.command(devices, "explain", folder.resolve("none.onnx").toString());
    assertEquals(4, missing.status());
    assertTrue(missing.sentence().endsWith("there is no such file"));
    Ran unsupported = explain(TestModel.unsupported());
    assertEquals(4, unsupported.status());
    assertTrue(unsupported.sentence().contains("Det"), unsupported.err());
  }

  @Test
  void unknownNetworksListTheLegalNames() {
    Ran ran = Ran.command(devices, "explain", "nonsense");
    assertEquals(2, ran.status());
    assertTrue(ran.sentence().contains("squeezenet"), ran.err());
  }

  @Test
  void aNetworkThatTheDeviceCannotRunIsStatus2() {
    Ran ran =
        Ran.command(
            TestDevice.with(TestDevice.onlyPointwise()),
            "explain",
            "squeezenet",
            "--device",
            "test");
    assertEquals(2, ran.status());
    assertTrue(ran.sentence().contains("is not 1×1"), ran.err());
  }
}
