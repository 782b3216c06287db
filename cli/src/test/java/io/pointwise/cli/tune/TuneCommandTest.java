// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.pointwise.cli.Ran;
import io.pointwise.cli.TestDevice;
import io.pointwise.cli.TestModel;
import io.pointwise.cpu.CpuProvider;
import io.pointwise.device.Algorithm;
import io.pointwise.device.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuneCommandTest {
  private static final String LAYER = "ic=8,ih=6,oc=4,k=3,name=mine";

  @TempDir private Path folder;

  private Ran run(Devices devices, String command, String... args) {
    List<String> all = new ArrayList<>(List.of(command, "--device", "test"));
    all.addAll(List.of(args));
    return Ran.command(
        devices, Map.of("POINTWISE_CACHE", folder.toString()), all.toArray(String[]::new));
  }

  private Ran tune(Algorithm first, Algorithm second, String... args) {
    List<String> all = new ArrayList<>(List.of("--layer", LAYER, "--quick"));
    all.addAll(List.of(args));
    return run(TestDevice.with(first, second), "tune", all.toArray(String[]::new));
  }

  private static JsonNode step(Ran ran) {
    return ran.json().path("steps").path(0);
  }

  private static JsonNode candidate(JsonNode step, String name) {
    for (JsonNode candidate : step.path("candidates")) {
      if (candidate.path("algorithm").asText().equals(name)) {
        return candidate;
      }
    }
    throw new AssertionError("no candidate " + name + " in " + step);
  }

  @Test
  void theFasterOneIsStoredAndThenUsedByOtherCommands() {
    Ran ran = tune(TestDevice.slow(), TestDevice.exact(), "--json");
    assertEquals(0, ran.status(), ran.err());
    assertEquals("pointwise-tune/1", ran.json().path("schema").asText());
    assertEquals("fp32", ran.json().path("precision").asText());
    assertTrue(Files.exists(Path.of(ran.json().path("store").asText())));
    JsonNode step = step(ran);
    assertEquals("mine", step.path("network").asText());
    assertEquals("conv2d", step.path("step").asText());
    assertEquals("exact-conv", step.path("algorithm").asText());
    assertEquals("measured", step.path("choice").asText());
    assertEquals("slow-conv", step.path("heuristic").asText());
    assertTrue(step.path("speedup").asDouble() > 1, step::toString);
    assertTrue(candidate(step, "slow-conv").path("median_ns").asLong() >= 5_000_000);

    Devices devices = TestDevice.with(TestDevice.slow(), TestDevice.exact());
    JsonNode result =
        run(devices, "bench", "--layer", LAYER, "--samples", "3", "--quick", "--json")
            .json()
            .path("results")
            .path(0);
    assertEquals("exact-conv", result.path("algorithm").asText());
    assertTrue(candidate(result, "slow-conv").path("median_ns").asLong() >= 5_000_000);
    JsonNode untuned =
        run(devices, "bench", "--layer", LAYER, "--samples", "3", "--quick", "--no-tuned", "--json")
            .json()
            .path("results")
            .path(0);
    assertEquals("slow-conv", untuned.path("algorithm").asText());
    assertTrue(candidate(untuned, "exact-conv").path("median_ns").isNull());
  }

  @Test
  void whatIsStoredIsMeasuredAgainOnlyWhenAsked() {
    tune(TestDevice.slow(), TestDevice.exact());
    Ran again = tune(TestDevice.slow(), TestDevice.exact(), "--json");
    assertEquals("stored", step(again).path("choice").asText());
    Ran asked = tune(TestDevice.slow(), TestDevice.exact(), "--again", "--json");
    assertEquals("measured", step(asked).path("choice").asText());
  }

  @Test
  void theTableTellsTheTimesAndWhereTheResultsAre() {
    Ran ran = tune(TestDevice.slow(), TestDevice.exact());
    assertEquals(0, ran.status(), ran.err());
    assertTrue(
        ran.out().lines().anyMatch(line -> line.matches("mine +exact-conv .*slow-conv .* ms")),
        ran.out());
    assertTrue(ran.out().contains("1 steps measured, 0 stored already"), ran.out());
    assertTrue(ran.out().contains(folder.toString()), ran.out());
    assertTrue(ran.out().contains("simulated"), ran.out());
  }

  @Test
  void aWrongCandidateIsToldAndNeverChosen() {
    for (Algorithm wrong : List.of(TestDevice.wrong(), TestDevice.wrongLater())) {
      Ran ran = tune(wrong, TestDevice.slow(), "--json", "--again");
      assertEquals(1, ran.status(), ran.err());
      assertEquals("slow-conv", step(ran).path("algorithm").asText());
      JsonNode candidate = candidate(step(ran), wrong.name());
      assertEquals("rejected", candidate.path("verdict").asText());
      assertTrue(candidate.path("median_ns").isNull());
      assertTrue(candidate.path("refused").asText().contains("elements are wrong"));
      assertTrue(ran.err().contains(wrong.name() + " is wrong"), ran.err());
      Devices devices = TestDevice.with(wrong, TestDevice.slow());
      Ran bench = run(devices, "bench", "--layer", LAYER, "--samples", "3", "--quick", "--json");
      assertEquals(0, bench.status(), bench.err());
      assertEquals("slow-conv", bench.json().path("results").path(0).path("algorithm").asText());
    }
  }

  @Test
  void aDamagedFileIsOneWarning() throws IOException {
    Files.writeString(folder.resolve("tuning-1.txt"), "nonsense");
    Devices devices = TestDevice.with(TestDevice.slow(), TestDevice.exact());
    Ran bench = run(devices, "bench", "--layer", LAYER, "--samples", "3", "--quick", "--json");
    assertEquals(0, bench.status(), bench.err());
    assertEquals(
        1, bench.err().lines().filter(line -> line.contains("is ignored")).count(), bench.err());
    assertEquals(0, tune(TestDevice.slow(), TestDevice.exact()).status());
    assertFalse(
        run(devices, "bench", "--layer", LAYER, "--samples", "3", "--quick")
            .err()
            .contains("ignored"));
  }

  @Test
  void modelsAndSuitesAndNothing() throws IOException {
    Devices cpu = new Devices(List.of(new CpuProvider()));
    Map<String, String> environment = Map.of("POINTWISE_CACHE", folder.toString());
    String model = TestModel.channelMeans(1, 3, 4, 5).write(folder.resolve("model.onnx"));
    Ran ran = Ran.command(cpu, environment, "tune", model, "--quick", "--json");
    assertEquals(0, ran.status(), ran.err());
    assertFalse(ran.json().path("steps").isEmpty());
    Ran nothing = Ran.command(cpu, environment, "tune");
    assertEquals(2, nothing.status());
    assertTrue(nothing.sentence().contains("--layer"), nothing.err());
    assertEquals(2, Ran.command(cpu, environment, "tune", "--suite", "none").status());
    assertEquals(2, Ran.command(cpu, environment, "tune", "nin", "--no-tuned").status());
    Ran homeless = Ran.command(cpu, Map.of(), "tune", "nin");
    assertEquals(2, homeless.status());
    assertTrue(homeless.sentence().contains("POINTWISE_CACHE"), homeless.err());
  }

  @Test
  void aFolderThatCannotBeWrittenIsStatus4() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Ran ran =
        Ran.command(
            TestDevice.with(TestDevice.slow(), TestDevice.exact()),
            Map.of("POINTWISE_CACHE", file.resolve("below").toString()),
            "tune",
            "--device",
            "test",
            "--layer",
            LAYER,
            "--quick");
    assertEquals(4, ran.status(), ran.err());
    assertTrue(ran.err().contains("cannot write tuning results"), ran.err());
  }
}
