// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.Devices;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PointwiseTest {
  private static final String SMALL = "ic=2,ih=3,oc=2,k=1";

  private final Devices devices = TestDevice.with(TestDevice.exact());

  @Test
  void versionIsToldOnStandardOutput() {
    Ran ran = Ran.command(devices, "--version");
    assertEquals(0, ran.status());
    assertTrue(ran.out().startsWith("pointwise "), ran.out());
  }

  @Test
  void everyCommandHasHelp() {
    for (String command : List.of("bench", "devices", "explain", "run", "tune", "verify")) {
      Ran ran = Ran.command(devices, command, "--help");
      assertEquals(0, ran.status());
      assertTrue(ran.out().startsWith("Usage: pointwise " + command), ran.out());
    }
  }

  @Test
  void completionIsGenerated() {
    Ran ran = Ran.command(devices, "generate-completion");
    assertEquals(0, ran.status());
    assertTrue(ran.out().contains("--baseline"));
  }

  @Test
  void commandsThatAreNotThereAreUsageErrors() {
    for (String command : List.of("advise", "nonsense")) {
      Ran ran = Ran.command(devices, command);
      assertEquals(2, ran.status());
      assertTrue(ran.sentence().contains("\"" + command + "\""), ran.err());
    }
  }

  @Test
  void noCommandIsAUsageError() {
    Ran ran = Ran.command(devices);
    assertEquals(2, ran.status());
    assertFalse(ran.sentence().isEmpty());
  }

  @Test
  void illegalOptionsAreUsageErrors() {
    List<String[]> illegal =
        List.of(
            new String[] {"bench", "--nonsense"},
            new String[] {"bench", "--threads", "0"},
            new String[] {"bench", "--threads", "many"},
            new String[] {"bench", "--precision", "fp8"},
            new String[] {"bench", "--device", "CPU!"},
            new String[] {"bench", "--samples", "0"},
            new String[] {"bench", "--min-time", "-1"},
            new String[] {"bench", "--min-time", "NaN"},
            new String[] {"bench", "--cache", "lukewarm"},
            new String[] {"bench", "--suite", "alexnet"},
            new String[] {"bench", "--compare", "2x"},
            new String[] {"bench", "--suite", "vgg16", "--compare", "1x1"},
            new String[] {"bench", "--device", "test", "--algorithm", "nonsense"},
            new String[] {"explain"},
            new String[] {"explain", "lenet-9000"},
            new String[] {"explain", "squeezenet", "--batch", "0"});
    for (String[] args : illegal) {
      Ran ran = Ran.command(devices, args);
      assertEquals(2, ran.status(), String.join(" ", args));
      assertEquals("", ran.out());
      assertFalse(ran.sentence().isEmpty());
    }
  }

  @Test
  void algorithmsThatAreNotThereListTheLegalNames() {
    Ran ran = Ran.command(devices, "bench", "--device", "test", "--algorithm", "cublas");
    assertTrue(ran.sentence().contains("legal names: exact-conv, all"), ran.err());
  }

  @Test
  void aRequiredDeviceThatIsNotThereIsStatus3WithCauseAndFix() {
    for (String device : List.of("cuda", "require:cuda", "opencl", "test:7")) {
      Ran ran = Ran.command(devices, "bench", "--device", device, "--layer", SMALL);
      assertEquals(3, ran.status(), device);
      assertEquals("", ran.out());
      assertFalse(ran.sentence().isEmpty());
    }
    Ran ran = Ran.command(devices, "bench", "--device", "cuda");
    assertTrue(ran.sentence().contains("libcuda.so.1 was not found. Install the NVIDIA driver."));
  }

  @Test
  void theEnvironmentGivesTheDefaultDeviceAndTheOptionWins() {
    Map<String, String> cuda = Map.of("POINTWISE_DEVICE", "cuda");
    assertEquals(3, Ran.command(devices, cuda, "bench", "--layer", SMALL).status());
    Ran ran =
        Ran.command(
            devices,
            cuda,
            "bench",
            "--device",
            "test",
            "--samples",
            "1",
            "--quick",
            "--layer",
            SMALL);
    assertEquals(0, ran.status(), ran.err());
    Map<String, String> wrong = Map.of("POINTWISE_DEVICE", "!");
    Ran refused = Ran.command(devices, wrong, "bench", "--layer", SMALL);
    assertEquals(2, refused.status());
    assertTrue(refused.sentence().startsWith("POINTWISE_DEVICE: "), refused.err());
  }

  @Test
  void skippedDevicesAreToldWithTheirReasons() {
    Ran ran =
        Ran.command(
            devices,
            "bench",
            "--device",
            "prefer:cuda,test",
            "--samples",
            "1",
            "--quick",
            "--layer",
            SMALL);
    assertEquals(0, ran.status(), ran.err());
    assertTrue(ran.out().contains("device: test:0 (Test Device, simulated)"), ran.out());
    assertTrue(ran.out().contains("skipped: cuda: "), ran.out());
    assertEquals("test: this device is for tests.", ran.err().strip());
  }

  @Test
  void outOfDeviceMemoryIsStatus5() {
    Devices hungry = TestDevice.with(TestDevice.outOfMemory());
    Ran ran = Ran.command(hungry, "bench", "--device", "test", "--layer", SMALL);
    assertEquals(5, ran.status());
    assertEquals("test: cannot allocate 1 TiB", ran.sentence());
  }

  @Test
  void moreThanAllMemoryIsStatus5() {
    String huge = "ic=100000,ih=40000,oc=1,k=1";
    Ran ran = Ran.command(devices, "bench", "--device", "test", "--layer", huge);
    assertEquals(5, ran.status(), ran.err());
    assertFalse(ran.sentence().isEmpty());
  }

  @Test
  void stackTracesAreShownOnlyOnRequest() {
    Devices hungry = TestDevice.with(TestDevice.outOfMemory());
    Ran ran = Ran.command(hungry, "bench", "--debug", "--device", "test", "--layer", SMALL);
    assertEquals(5, ran.status());
    assertTrue(ran.err().contains("\tat io.pointwise."), ran.err());
  }
}
