// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pointwise.cli.Session;
import io.pointwise.cli.output.ExitStatus;
import io.pointwise.cli.output.Screen;
import io.pointwise.device.Devices;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeersCommandTest {
  private record Ran(int status, String out, String err) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --peer=tvm               | --peer: there is no peer "tvm"; the peers are [onnxruntime, pytorch, clblast]
          --threads=1,0            | --threads=0 must be from 1 to 4096
          --network=lenet          | --network: there is no network "lenet"
          --network=nin --batch=0  | --batch=0 must be from 1 to 1024
          --batch=8                | --batch is about networks: --network names them
          --first-run              | --first-run is about networks: --network names them
          --suite=resnet           | --suite: there is no suite "resnet"
          --rounds=0               | --rounds=0 must be at least 1
          --min-time=NaN           | --min-time=NaN must be from 0 to 3600 seconds
          --algorithm=vektor-*     | --algorithm: device cpu has no algorithm "vektor-*"
          --update=no-such-page.md | no-such-page.md
          """)
  void whatCannotBeIsToldBeforeAnyWork(String options, String sentence) {
    Ran ran = run(("--device=cpu " + options).split(" "));

    assertTrue(ran.err().contains(sentence), ran.err());
    assertTrue(ran.err().lines().count() == 1, ran.err());
    assertTrue(ran.status() == ExitStatus.USAGE || ran.status() == ExitStatus.FILE, ran.toString());
    assertEquals("", ran.out());
  }

  @Test
  void anAlgorithmThatComputesNothingOfItIsAFailure() {
    Ran ran =
        run(
            "--device=cpu",
            "--algorithm=vector-1x1",
            "--layer=ic=4,ih=6,oc=4,k=3",
            "--peer=onnxruntime",
            "--rounds=1",
            "--min-time=0");

    assertEquals(ExitStatus.USAGE, ran.status());
    assertTrue(ran.err().contains("--algorithm: nothing of what was asked for"), ran.err());
  }

  @Test
  void measuresWithOneNumberOfThreadsAfterTheOther() throws IOException {
    JsonNode report =
        json(
            "--device=cpu",
            "--threads=1,2",
            "--algorithm=scalar-*",
            "--no-winograd",
            "--layer=ic=4,ih=6,oc=4,k=1",
            "--layer=n=2,ic=4,ih=7,oc=4,k=2",
            "--peer=onnxruntime,pytorch",
            "--rounds=2",
            "--min-time=0",
            "--json");

    assertEquals("pointwise-peers/2", report.path("schema").asText());
    assertEquals("scalar-*", report.path("only").path(0).asText());
    assertEquals(2, report.path("runs").size());
    for (int i = 0; i < 2; i++) {
      JsonNode run = report.path("runs").path(i);
      assertEquals(i + 1, run.path("threads").asInt());
      assertTrue(run.path("peak").path("one_thread_gflops").path("median").asDouble() > 0);
      JsonNode results = run.path("layer_sets").path(0).path("results");
      assertEquals(2, results.size());
      JsonNode layer = results.path(0);
      assertTrue(layer.path("algorithm").asText().startsWith("scalar-"), layer.toString());
      assertTrue(layer.path("verification").path("ok").asBoolean());
      assertTrue(layer.path("gflops").asDouble() > 0);
      assertTrue(layer.path("fraction_of_peak").asDouble() > 0);
      assertEquals("pytorch", layer.path("peers").path(1).path("name").asText());
      assertEquals(2, layer.path("peers").path(1).path("ratio").path("samples").asInt());
      // Of pads that differ PyTorch has none.
      assertEquals(1, results.path(1).path("peers").size());
    }
  }

  @Test
  void measuresANetworkAndItsProcesses() throws IOException {
    JsonNode report =
        json(
            "--device=cpu",
            "--network=convnet-c",
            "--batch=1,3",
            "--peer=onnxruntime",
            "--rounds=1",
            "--min-time=0",
            "--alone-runs=2",
            "--processes=1",
            "--first-run",
            "--json");

    JsonNode networks = report.path("runs").path(0).path("networks");
    assertEquals(2, networks.size());
    JsonNode three = networks.path(1);
    assertEquals(3, three.path("batch").asInt());
    assertTrue(three.path("verification").path("ok").asBoolean(), three.toString());
    assertTrue(three.path("images_per_second").asDouble() > 0);
    assertTrue(three.path("weight_bytes").asLong() > 0);
    assertEquals(2, three.path("alone").size());
    for (JsonNode alone : three.path("alone")) {
      assertTrue(alone.path("verification").path("ok").asBoolean(), alone.toString());
      assertEquals(2, alone.path("run_ns").size());
      assertTrue(alone.path("peak_bytes").asLong() > 1 << 20);
    }
  }

  private static JsonNode json(String... args) throws IOException {
    Ran ran = run(args);
    assertEquals(ExitStatus.DONE, ran.status(), ran.err());
    return new ObjectMapper().readTree(ran.out());
  }

  private static Ran run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Screen screen = Screen.plain(new PrintWriter(out), new PrintWriter(err));
    Map<String, String> environment = Map.of();
    int status = Peers.run(new Session(Devices.installed(), screen, environment::get), args);
    screen.flush();
    return new Ran(status, out.toString(), err.toString());
  }
}
