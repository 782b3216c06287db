// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.pointwise.cli.Ran;
import io.pointwise.cli.TestDevice;
import io.pointwise.cpu.CpuProvider;
import io.pointwise.device.Devices;
import io.pointwise.network.Network;
import io.pointwise.network.Networks;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {
  private final Devices devices = new Devices(List.of(new CpuProvider()));

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
