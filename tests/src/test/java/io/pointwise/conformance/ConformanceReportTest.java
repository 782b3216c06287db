// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.DeviceUnavailableException;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Passed, failed and unsupported are told apart; absence is skipped or fails. */
final class ConformanceReportTest {
  private final ConformanceReport report = new ConformanceReport("mine");

  @Test
  void threeOutcomesAreCounted() throws Throwable {
    report.counted("a", () -> {}).execute();
    assertThrows(
        AssertionError.class,
        () ->
            report
                .counted(
                    "b",
                    () -> {
                      throw new AssertionError("wrong");
                    })
                .execute());
    refuse();
    assertEquals("mine: 1 passed, 1 failed, 1 unsupported", report.toString());
    assertEquals(1, report.passed());
    assertEquals("b: wrong", report.failed().getFirst());
    assertEquals("c: no strides", report.unsupported().getFirst());
  }

  private void refuse() {
    assertThrows(
        TestAbortedException.class,
        () ->
            report
                .counted(
                    "c",
                    () -> {
                      throw new TestAbortedException("no strides");
                    })
                .execute());
  }

  @Test
  void aRequiredDeviceMayRefuseNothing() {
    assertDoesNotThrow(report::requireNothingUnsupported);
    refuse();
    AssertionError failure = assertThrows(AssertionError.class, report::requireNothingUnsupported);
    assertTrue(String.valueOf(failure.getMessage()).contains("no strides"));
  }

  @Test
  void devicesAreRequiredByKindOrByName() {
    RequiredDevices required = RequiredDevices.parse("cpu, opencl:1");
    assertTrue(required.requires("cpu"));
    assertTrue(required.requires("cpu:0"));
    assertTrue(required.requires("opencl:1"));
    assertFalse(required.requires("opencl:0"));
    assertFalse(required.requires("cuda"));
    assertFalse(RequiredDevices.parse("").requires("cpu"));
  }

  @Test
  void absenceIsSkippedOrFails() {
    DeviceUnavailableException reason = new DeviceUnavailableException("no driver");
    RequiredDevices required = RequiredDevices.parse("cuda");
    assertInstanceOf(TestAbortedException.class, required.absent("opencl", reason));
    AssertionError failure =
        assertThrows(AssertionError.class, () -> required.absent("cuda", reason));
    assertTrue(String.valueOf(failure.getMessage()).contains("no driver"));
  }
}
