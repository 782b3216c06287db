// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.pointwise.cli.Ran;
import io.pointwise.cli.TestDevice;
import io.pointwise.cpu.CpuProvider;
import io.pointwise.device.Device;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DeviceProvider;
import io.pointwise.device.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicesCommandTest {
  @Test
  void whatCannotRunIsToldWithCauseAndFix() {
    Ran ran = Ran.command(TestDevice.with(), "devices");
    assertEquals(0, ran.status());
    assertTrue(ran.out().contains("cuda: libcuda.so.1 was not found."), ran.out());
    assertTrue(ran.out().contains("fix: Install the NVIDIA driver."), ran.out());
  }

  @Test
  void jsonHasEveryFieldOfTheContract() {
    JsonNode json = Ran.command(TestDevice.with(), "devices", "--json").json();
    assertEquals("pointwise-devices/1", json.path("schema").asText());
    JsonNode cuda = json.path("devices").path(0);
    assertEquals("cuda", cuda.path("id").asText());
    assertEquals("cuda", cuda.path("kind").asText());
    assertEquals("unavailable", cuda.path("status").asText());
    assertEquals("libcuda.so.1 was not found.", cuda.path("reason").asText());
    assertEquals("Install the NVIDIA driver.", cuda.path("fix").asText());
    JsonNode test = json.path("devices").path(1);
    assertEquals("test:0", test.path("id").asText());
    assertEquals("test", test.path("kind").asText());
    assertEquals("Test Device", test.path("name").asText());
    assertEquals("Us", test.path("vendor").asText());
    assertEquals("1.0", test.path("driver").asText());
    assertEquals(1024, test.path("memory_bytes").asLong());
    assertEquals("simulated", test.path("status").asText());
    assertTrue(test.path("reason").isNull());
    assertTrue(test.path("fix").isNull());
  }

  /** A device that is available, with something to say of it. */
  private record Noted() implements DeviceProvider {
    @Override
    public String kind() {
      return "noted";
    }

    @Override
    public Probe probe() {
      DeviceInfo info =
          new DeviceInfo(
              "noted:0", "noted", DeviceInfo.Type.GPU, "A GPU", "Us", "2.0", 1024, false);
      return new Found(List.of(info), Map.of("noted:0", "Its compiler is missing. Install it."));
    }

    @Override
    public Device open(DeviceInfo info, DeviceOptions options) {
      throw new AssertionError("opened to be listed");
    }
  }

  @Test
  void aNoteIsPrintedAndTheDeviceIsAvailable() {
    Devices devices = new Devices(List.of(new Noted(), new CpuProvider()));
    Ran ran = Ran.command(devices, "devices");
    assertTrue(ran.out().contains("noted:0: Its compiler is missing. Install it."), ran.out());
    JsonNode json = Ran.command(devices, "devices", "--json").json().path("devices");
    assertEquals("available", json.path(0).path("status").asText());
    assertEquals("Its compiler is missing. Install it.", json.path(0).path("note").asText());
    assertTrue(json.path(0).path("reason").isNull());
    assertTrue(json.path(1).path("note").isNull());
  }

  @Test
  void theCpuIsAvailable() {
    Devices devices = new Devices(List.of(new CpuProvider()));
    JsonNode cpu = Ran.command(devices, "devices", "--json").json().path("devices").path(0);
    assertEquals("cpu", cpu.path("id").asText());
    assertEquals("available", cpu.path("status").asText());
  }

  @Test
  void jsonToAFileLeavesTheTable(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("devices.json");
    Ran ran = Ran.command(TestDevice.with(), "devices", "--json", file.toString());
    assertTrue(ran.out().startsWith("device"), ran.out());
    assertEquals(2, Ran.parse(Files.readString(file)).path("devices").size());
  }

  @Test
  void aFileThatCannotBeWrittenIsStatus4(@TempDir Path folder) {
    for (Path file : List.of(folder, folder.resolve("missing").resolve("devices.json"))) {
      Ran ran = Ran.command(TestDevice.with(), "devices", "--json", file.toString());
      assertEquals(4, ran.status());
      assertTrue(ran.sentence().startsWith("cannot write " + file), ran.err());
    }
  }
}
