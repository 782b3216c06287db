// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A device is chosen by kind, number or part of its name, and never by guessing. */
final class DevicesTest {
  private final Devices devices =
      new Devices(
          List.of(
              new Provider("cuda", List.of("NVIDIA H100 PCIe", "NVIDIA H100 SXM", "Tesla T4")),
              new Provider("opencl", List.of("AMD Radeon RX 7900", "pthread-Core i7"))));

  private DeviceInfo open(String policy) {
    return devices.open(DevicePolicy.parse(policy), DeviceOptions.DEFAULT).device().info();
  }

  private void refuses(String policy, String... parts) {
    DeviceUnavailableException refusal =
        assertThrows(DeviceUnavailableException.class, () -> open(policy));
    for (String part : parts) {
      assertTrue(String.valueOf(refusal.getMessage()).contains(part), refusal::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cuda, cuda:0",
    "cuda:2, cuda:2",
    "opencl:1, opencl:1",
    "cuda:tesla, cuda:2",
    "cuda:T4, cuda:2",
    "CUDA:h100 sxm, cuda:1",
    "require:opencl:radeon, opencl:0",
    "opencl:rx 7900, opencl:0",
    "opencl:pthread-core, opencl:1",
    "opencl:i7, opencl:1"
  })
  void theNamedDeviceIsOpened(String policy, String id) {
    assertEquals(id, open(policy).id());
  }

  @Test
  void aPreferenceMayNamePartsOfNames() {
    Devices.Selection selection =
        devices.open(DevicePolicy.parse("prefer:cuda:a100,opencl:radeon"), DeviceOptions.DEFAULT);
    assertEquals("opencl:0", selection.device().info().id());
    assertTrue(
        String.valueOf(selection.skipped().get("cuda:a100")).contains("cuda:2 (Tesla T4)"),
        selection::toString);
  }

  @Test
  void aPartThatFitsNoneIsRefusedWithAll() {
    refuses(
        "cuda:a100",
        "cuda:a100 is not available",
        "cuda:0 (NVIDIA H100 PCIe), cuda:1 (NVIDIA H100 SXM), cuda:2 (Tesla T4)");
  }

  @Test
  void aPartThatFitsSeveralIsRefusedWithThose() {
    refuses(
        "cuda:h100",
        "cuda:h100 is not one device",
        "fits cuda:0 (NVIDIA H100 PCIe), cuda:1 (NVIDIA H100 SXM)");
    refuses("opencl:e", "opencl:0 (AMD Radeon RX 7900), opencl:1 (pthread-Core i7)");
  }

  /** The i7 is not taken for want of an eighth device. */
  @Test
  void aNumberIsNoPartOfAName() {
    refuses("opencl:7", "opencl:7 is not available", "opencl:0 (AMD Radeon RX 7900)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "opencl:", "opencl: ", "1cuda", "cuda:1234567", "prefer:cuda,"})
  void otherTextIsNoDevice(String text) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> DevicePolicy.parse(text));
    assertTrue(String.valueOf(refusal.getMessage()).contains("cuda:h100"), refusal::toString);
  }

  /** Has GPUs of these names. */
  private record Provider(String kind, List<String> names) implements DeviceProvider {
    @Override
    public Probe probe() {
      List<DeviceInfo> found = new ArrayList<>();
      for (String name : names) {
        String id = kind + ":" + found.size();
        found.add(new DeviceInfo(id, kind, DeviceInfo.Type.GPU, name, "", "", 1, false));
      }
      return new Found(found);
    }

    @Override
    public Device open(DeviceInfo info, DeviceOptions options) {
      return new Opened(info);
    }
  }

  /** Can do nothing but say who it is. */
  private record Opened(DeviceInfo info) implements Device {
    @Override
    public List<Algorithm> algorithms() {
      return List.of();
    }

    @Override
    public DeviceBuffer allocate(long bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DeviceStream openStream() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
