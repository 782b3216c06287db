// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.DeviceInfo;
import io.pointwise.opencl.host.DeviceFacts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A GPU with few long lines gives each to a work-group; all else goes line by line. */
final class LineSharingTest {
  private static DeviceFacts facts(DeviceInfo.Type type, long maxWorkGroupSize) {
    return new DeviceFacts(
        "", "", "", "", "", type, 1L << 30, 1L << 28, maxWorkGroupSize, 10, 1, true, true, 64);
  }

  @AfterEach
  void asBefore() {
    System.clearProperty(LineSharing.PROPERTY);
  }

  @ParameterizedTest
  @CsvSource({
    // Ten compute units hold 10240 work-items.
    "GPU, 1, 1000, 64",
    "GPU, 10239, 64, 64",
    "GPU, 1, 1024, 256",
    "GPU, 10240, 1000, 1",
    "GPU, 1, 63, 1",
    "ACCELERATOR, 1, 1000, 64",
    "CPU, 1, 100000, 1"
  })
  void theDeviceAndTheSizesDecide(DeviceInfo.Type type, long lines, long size, int items) {
    assertEquals(items, LineSharing.BY_DEVICE.workItems(facts(type, 1024), lines, size));
  }

  @Test
  void eitherCanBeForced() {
    DeviceFacts cpu = facts(DeviceInfo.Type.CPU, 1024);
    assertEquals(64, LineSharing.GROUP.workItems(cpu, 1_000_000, 1));
    assertEquals(256, LineSharing.GROUP.workItems(cpu, 1, 5000));
    assertEquals(1, LineSharing.ITEM.workItems(facts(DeviceInfo.Type.GPU, 1024), 1, 5000));
  }

  @Test
  void aGroupIsNoLargerThanTheDeviceHasThem() {
    DeviceFacts small = facts(DeviceInfo.Type.GPU, 48);
    assertEquals(32, LineSharing.GROUP.workItems(small, 1, 5000));
  }

  @Test
  void otherWordsAreRefused() {
    assertEquals(LineSharing.BY_DEVICE, LineSharing.ofSystem());
    System.setProperty(LineSharing.PROPERTY, "item");
    assertEquals(LineSharing.ITEM, LineSharing.ofSystem());
    System.setProperty(LineSharing.PROPERTY, "wave");
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, LineSharing::ofSystem);
    assertTrue(String.valueOf(refusal.getMessage()).contains("\"wave\""), refusal::toString);
  }
}
