// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.pointwise.cli.Ran;
import io.pointwise.cli.TestDevice;
import io.pointwise.cpu.CpuProvider;
import io.pointwise.device.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  private static final String POINTWISE = "ic=8,ih=6,oc=4,k=1";
  private static final String THREE = "ic=8,ih=6,oc=4,k=3";

  private static Ran bench(Devices devices, String... args) {
    List<String> all =
        new ArrayList<>(List.of("bench", "--device", "test", "--samples", "3", "--quick"));
    all.addAll(List.of(args));
    return Ran.command(devices, all.toArray(String[]::new));
  }

  private static JsonNode result(Ran ran) {
    return ran.json().path("results").path(0);
  }

  @Test
  void jsonHasEveryFieldOfTheContract() {
    Devices devices = TestDevice.with(TestDevice.onlyPointwise(), TestDevice.exact());
    Ran ran = bench(devices, "--layer", THREE + ",name=mine,padTop=0", "--json");
    assertEquals(0, ran.status(), ran.err());
    JsonNode json = ran.json();
    assertEquals("pointwise-bench/1", json.path("schema").asText());
    JsonNode environment = json.path("environment");
    for (String field : List.of("version", "commit", "java", "os", "cpu", "timestamp")) {
      assertTrue(environment.path(field).isTextual(), field);
    }
    assertTrue(environment.path("vector_bits").isInt());
    assertTrue(environment.path("cpu_cores").isInt());
    for (String peak : List.of("peak_gflops_per_core", "peak_gflops_per_core_best")) {
      assertTrue(environment.has(peak) && environment.path(peak).isNull(), peak);
    }
    JsonNode device = environment.path("devices").path(0);
    assertEquals("test:0", device.path("id").asText());
    assertEquals("Test Device", device.path("name").asText());
    assertEquals("1.0", device.path("driver").asText());

    JsonNode result = result(ran);
    JsonNode layer = result.path("layer");
    assertEquals("mine", layer.path("name").asText());
    String[] sizes = {
      "n",
      "ic",
      "ih",
      "iw",
      "oc",
      "kh",
      "kw",
      "strideH",
      "strideW",
      "padTop",
      "padLeft",
      "padBottom",
      "padRight",
      "dilationH",
      "dilationW",
      "groups"
    };
    int[] values = {1, 8, 6, 6, 4, 3, 3, 1, 1, 0, 1, 1, 1, 1, 1, 1};
    for (int i = 0; i < sizes.length; i++) {
      assertTrue(layer.path(sizes[i]).isInt(), sizes[i]);
      assertEquals(values[i], layer.path(sizes[i]).asInt(), sizes[i]);
    }
    assertFalse(result.has("layers"));
    assertEquals("test:0", result.path("device").asText());
    assertTrue(result.path("simulated").asBoolean(false));
    assertEquals("exact-conv", result.path("algorithm").asText());
    assertEquals(1, result.path("threads").asInt());
    assertEquals("fp32", result.path("precision").asText());
    assertEquals(8 * 4 * 9 + 4, result.path("parameters").asLong());
    assertEquals(5 * 6 * 4 * 8 * 9, result.path("macs").asLong());
    assertEquals(4 * (8 * 36 + 292 + 4 * 30), result.path("bytes").asLong());
    JsonNode time = result.path("time_ns");
    assertTrue(time.path("median").asLong() > 0);
    assertTrue(time.path("p10").asLong() <= time.path("median").asLong());
    assertTrue(time.path("p90").asLong() >= time.path("median").asLong());
    assertEquals(3, time.path("samples").asInt());
    assertEquals(0, result.path("transfer_ns").path("median").asLong(-1));
    assertTrue(result.path("gflops").asDouble() > 0);
    assertTrue(result.path("fraction_of_peak").isNull());
    assertTrue(result.path("verification").path("ok").asBoolean());
    assertTrue(result.path("verification").path("max_error").isNumber());
    assertTrue(result.path("verification").path("bound").asDouble() > 0);
    JsonNode refused = result.path("candidates").path(0);
    assertEquals("only-pointwise", refused.path("algorithm").asText());
    assertTrue(refused.path("median_ns").isNull());
    assertEquals("kernel 3×3 is not 1×1", refused.path("refused").asText());
    JsonNode chosen = result.path("candidates").path(1);
    assertEquals(time.path("median").asLong(), chosen.path("median_ns").asLong());
    assertTrue(chosen.path("refused").isNull());
  }

  @Test
  void jsonOnStandardOutputIsAllThatIsThere() {
    Ran ran = bench(TestDevice.with(TestDevice.exact()), "--json", "--layer", POINTWISE);
    assertTrue(ran.out().startsWith("{"));
    assertTrue(ran.out().endsWith("}\n"));
    assertEquals(1, ran.json().path("results").size());
    assertTrue(ran.out().chars().allMatch(c -> c < 128), "any encoding must do");
  }

  @Test
  void theTableFitsOnAScreen() {
    Ran ran = bench(TestDevice.with(TestDevice.exact()), "--layer", POINTWISE, "--layer", THREE);
    assertEquals(0, ran.status(), ran.err());
    assertTrue(ran.out().contains("3×3 8→4 @6×6"), ran.out());
    assertTrue(ran.out().lines().allMatch(line -> line.length() <= 120), ran.out());
    assertFalse(ran.out().contains("\u001b"), "colours only on a terminal");
    assertFalse(ran.err().contains("\r"), "progress only on a terminal");
  }

  @Test
  void aWrongResultHasNoTimeAndStatus1() {
    Ran ran = bench(TestDevice.with(TestDevice.wrong()), "--layer", POINTWISE, "--json");
    assertEquals(1, ran.status());
    JsonNode result = result(ran);
    assertFalse(result.path("verification").path("ok").asBoolean(true));
    assertTrue(result.path("verification").path("max_error").asDouble() > 0.5);
    assertTrue(result.path("time_ns").isNull());
    assertTrue(result.path("gflops").isNull());
    assertTrue(result.path("candidates").path(0).path("median_ns").isNull());
    assertFalse(ran.sentence().isEmpty());

    Ran table = bench(TestDevice.with(TestDevice.wrong()), "--layer", POINTWISE);
    assertEquals(1, table.status());
    assertTrue(table.out().contains("WRONG: 1×1 8→4 @6×6, wrong-conv: "), table.out());
    assertFalse(table.out().contains("µs") || table.out().contains(" ms"), table.out());
  }

  @Test
  void aResultThatTurnsWrongWhileItIsTimedHasNoTime() {
    Ran ran = bench(TestDevice.with(TestDevice.wrongLater()), "--layer", POINTWISE, "--json");
    assertEquals(1, ran.status());
    assertTrue(result(ran).path("time_ns").isNull());
  }

  @Test
  void allMeasuresEveryAlgorithmThatAccepts() {
    Devices devices =
        TestDevice.with(TestDevice.exact(), TestDevice.onlyPointwise(), TestDevice.alike());
    Ran ran = bench(devices, "--layer", THREE, "--algorithm", "all", "--json");
    assertEquals(0, ran.status(), ran.err());
    JsonNode results = ran.json().path("results");
    assertEquals(2, results.size());
    assertEquals("exact-conv", results.path(0).path("algorithm").asText());
    assertEquals("alike-conv", results.path(1).path("algorithm").asText());
    for (JsonNode result : results) {
      assertTrue(result.path("candidates").path(0).path("median_ns").isIntegralNumber());
      assertTrue(result.path("candidates").path(1).path("median_ns").isNull());
      assertTrue(result.path("candidates").path(2).path("median_ns").isIntegralNumber());
    }
  }

  @Test
  void aPinnedAlgorithmIsTheOnlyOneThatRuns() {
    Devices devices = TestDevice.with(TestDevice.exact(), TestDevice.alike());
    Ran ran = bench(devices, "--layer", THREE, "--algorithm", "alike-conv", "--json");
    assertEquals(1, ran.json().path("results").size());
    assertEquals("alike-conv", result(ran).path("algorithm").asText());
  }

  @Test
  void aPinnedAlgorithmThatRefusesIsListedWithItsReason() {
    Devices devices = TestDevice.with(TestDevice.exact(), TestDevice.onlyPointwise());
    String[] args = {"--layer", POINTWISE, "--layer", THREE, "--algorithm", "only-pointwise"};
    Ran table = bench(devices, args);
    assertEquals(0, table.status(), table.err());
    assertTrue(table.out().contains("refused: kernel 3×3 is not 1×1"), table.out());

    List<String> withJson = new ArrayList<>(List.of(args));
    withJson.add("--json");
    JsonNode json = bench(devices, withJson.toArray(String[]::new)).json();
    assertEquals(1, json.path("results").size());
    JsonNode refused = json.path("refused").path(0);
    assertEquals("only-pointwise", refused.path("algorithm").asText());
    assertEquals(3, refused.path("layer").path("kh").asInt());
    assertEquals("kernel 3×3 is not 1×1", refused.path("reason").asText());
  }

  @Test
  void aPinnedAlgorithmThatRefusesEverythingIsStatus2() {
    Devices devices = TestDevice.with(TestDevice.exact(), TestDevice.onlyPointwise());
    Ran ran = bench(devices, "--layer", THREE, "--algorithm", "only-pointwise");
    assertEquals(2, ran.status());
    assertTrue(ran.sentence().contains("kernel 3×3 is not 1×1"), ran.err());
  }

  @Test
  void comparisonsPutPredictionBesideMeasurement() {
    Devices devices = TestDevice.with(TestDevice.exact());
    String[] args = {"--layer", THREE, "--compare", "1x1,3x3,bottleneck,separable"};
    Ran table = bench(devices, args);
    assertEquals(0, table.status(), table.err());
    assertTrue(table.out().contains("against 1×1 8→4 @6×6"), table.out());

    List<String> withJson = new ArrayList<>(List.of(args));
    withJson.add("--json");
    JsonNode json = bench(devices, withJson.toArray(String[]::new)).json();
    JsonNode three = json.path("comparisons").path(0).path("rows").path(0);
    assertEquals(9.0, three.path("macs_ratio").asDouble());
    assertTrue(three.path("time_ratio").asDouble() > 0);
    JsonNode bottleneck = json.path("results").path(2);
    assertEquals(3, bottleneck.path("layers").size());
    long macs = 36L * (8 + 9 + 4);
    assertEquals(macs, bottleneck.path("macs").asLong());
    assertEquals("exact-conv", bottleneck.path("algorithm").asText());
  }

  @Test
  void aBaselineGivesRatios(@TempDir Path folder) throws IOException {
    Devices devices = TestDevice.with(TestDevice.exact());
    Path file = folder.resolve("before.json");
    assertEquals(0, bench(devices, "--layer", POINTWISE, "--json", file.toString()).status());
    String before = Files.readString(file);
    long median = Ran.parse(before).path("results").path(0).path("time_ns").path("median").asLong();
    Files.writeString(
        file, before.replace("\"median\" : " + median, "\"median\" : " + 1000 * median));
    Ran ran =
        bench(
            devices,
            "--layer",
            POINTWISE + ",name=renamed",
            "--layer",
            THREE,
            "--baseline",
            file.toString(),
            "--json");
    assertTrue(result(ran).path("baseline_ratio").asDouble() > 10, ran.out());
    assertFalse(ran.json().path("results").path(1).has("baseline_ratio"));
    Ran table = bench(devices, "--layer", POINTWISE, "--baseline", file.toString());
    assertTrue(table.out().contains("baseline: the earlier median time / this one"), table.out());
  }

  @Test
  void aBaselineThatCannotBeReadIsStatus4(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "not JSON");
    Path other = Files.writeString(folder.resolve("other"), "{\"schema\": \"x/1\"}");
    for (Path file : List.of(folder.resolve("missing"), folder, text, other)) {
      Ran ran =
          bench(
              TestDevice.with(TestDevice.exact()),
              "--layer",
              POINTWISE,
              "--baseline",
              file.toString());
      assertEquals(4, ran.status(), file.toString());
      assertTrue(ran.sentence().startsWith("cannot read " + file), ran.err());
    }
  }

  @Test
  void csvHasALineForEachRow(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("rows.csv");
    Ran ran =
        bench(
            TestDevice.with(TestDevice.exact()),
            "--layer",
            POINTWISE + ",name=a \"b\"",
            "--layer",
            THREE,
            "--csv",
            file.toString());
    assertEquals(0, ran.status(), ran.err());
    List<String> lines = Files.readAllLines(file);
    assertEquals(3, lines.size());
    assertTrue(lines.getFirst().startsWith("name,n,ic,ih,iw,oc,kh,kw,"), lines.getFirst());
    assertTrue(lines.get(1).startsWith("\"a \"\"b\"\"\",1,8,6,6,4,1,1,"), lines.get(1));
    assertTrue(lines.getFirst().contains(",device,simulated,algorithm,"), lines.getFirst());
    assertTrue(lines.get(1).contains(",test:0,true,"), lines.get(1));
    assertEquals(4, bench(TestDevice.with(), "--csv", folder.toString()).status());
  }

  @Test
  void coldCachesWork() {
    Ran ran =
        bench(
            TestDevice.with(TestDevice.exact()), "--layer", POINTWISE, "--cache", "cold", "--json");
    assertEquals(0, ran.status(), ran.err());
    assertEquals("cold", ran.json().path("settings").path("cache").asText());
  }

  @Test
  void theCpuTellsItsThreadsAndItsPeak() {
    Devices devices = new Devices(List.of(new CpuProvider()));
    Ran ran =
        Ran.command(
            devices,
            "bench",
            "--threads",
            "1",
            "--samples",
            "2",
            "--quick",
            "--json",
            "--layer",
            THREE);
    assertEquals(0, ran.status(), ran.err());
    assertEquals(1, result(ran).path("threads").asInt());
    JsonNode environment = ran.json().path("environment");
    assertEquals("cpu", environment.path("devices").path(0).path("id").asText());
    boolean vectors = environment.path("vector_bits").asInt() > 0;
    assertEquals(vectors, environment.path("peak_gflops_per_core").isNumber());
    assertEquals(vectors, environment.path("peak_gflops_per_core_best").isNumber());
    assertEquals(vectors, result(ran).path("fraction_of_peak").asDouble() > 0);
    assertTrue(
        environment.path("peak_gflops_per_core_best").asDouble()
            >= environment.path("peak_gflops_per_core").asDouble());
  }

  @Test
  void theSizeOfTheLastLevelCacheIsRead(@TempDir Path folder) throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve("index0")).resolve("size"), "32K\n");
    Files.writeString(Files.createDirectory(folder.resolve("index3")).resolve("size"), "48M\n");
    assertEquals(48L << 20, CacheSweep.lastLevelBytes(folder));
    assertEquals(128L << 20, CacheSweep.lastLevelBytes(folder.resolve("missing")));
  }
}
