// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pointwise.device.DeviceException;
import io.pointwise.device.DeviceInfo;
import io.pointwise.device.OutOfDeviceMemoryException;
import io.pointwise.opencl.FaultyCalls.Kind;
import io.pointwise.plan.Plan;
import java.io.IOException;
import java.util.List;
import org.jocl.CL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever of the device fails, at once or later, the caller is told what was asked for; the plan
 * and the device stay usable or say that they are not.
 */
final class FailureTest {
  /** What NVIDIA's driver says after a kernel touched memory that is not there. */
  private static final int ILLEGAL_ACCESS = -9999;

  private final FaultyCalls calls = new FaultyCalls();
  private final OpenClDevice device = InstalledOpenCl.openAsGpu(calls);

  @AfterEach
  void nothingIsLeft() {
    device.close();
    assertEquals("", device.ledger().toString());
  }

  private static DeviceException fails(Executable work, String... parts) {
    DeviceException failure = assertThrows(DeviceException.class, work);
    for (String part : parts) {
      assertTrue(String.valueOf(failure.getMessage()).contains(part), failure::toString);
    }
    return failure;
  }

  @Test
  void aKernelThatFailsLaterIsTold() {
    try (Plan plan = SmallNetwork.plan(device)) {
      SmallNetwork.requireRight(plan);
      calls.fail(Kind.COMMAND, CL.CL_OUT_OF_RESOURCES);
      fails(
          () -> SmallNetwork.requireRight(plan),
          "the command of clEnqueueWriteBuffer failed with CL_OUT_OF_RESOURCES: upload of 1728");
      SmallNetwork.requireRight(plan);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"KERNEL", "UPLOAD", "DOWNLOAD", "FINISH"})
  void aCallThatFailsIsToldWithWhatWasEnqueuedBefore(Kind kind) {
    try (Plan plan = SmallNetwork.plan(device)) {
      SmallNetwork.requireRight(plan);
      calls.fail(kind, CL.CL_OUT_OF_RESOURCES);
      String told =
          switch (kind) {
            case KERNEL ->
                "clEnqueueNDRangeKernel failed with CL_OUT_OF_RESOURCES: conv_gemm_local over";
            case UPLOAD -> "clEnqueueWriteBuffer failed with CL_OUT_OF_RESOURCES: upload of 1728";
            case DOWNLOAD -> "download of 16 bytes from ";
            default -> "clFinish failed with CL_OUT_OF_RESOURCES: waiting for one of upload, conv";
          };
      DeviceException failure = fails(() -> SmallNetwork.requireRight(plan), told);
      // It may be a kernel's fault as well.
      assertEquals(DeviceException.class, failure.getClass());
      if (kind == Kind.DOWNLOAD) {
        assertTrue(String.valueOf(failure.getMessage()).contains("behind upload, conv_gemm"));
      }
      SmallNetwork.requireRight(plan);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"KERNEL", "UPLOAD"})
  void noMemoryWhileRunningIsTold(Kind kind) {
    try (Plan plan = SmallNetwork.plan(device)) {
      for (int status : List.of(CL.CL_OUT_OF_HOST_MEMORY, CL.CL_MEM_OBJECT_ALLOCATION_FAILURE)) {
        calls.fail(kind, status);
        DeviceException failure =
            fails(() -> SmallNetwork.requireRight(plan), CL.stringFor_errorCode(status));
        assertInstanceOf(OutOfDeviceMemoryException.class, failure);
        SmallNetwork.requireRight(plan);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        CL.CL_OUT_OF_RESOURCES,
        CL.CL_OUT_OF_HOST_MEMORY,
        CL.CL_MEM_OBJECT_ALLOCATION_FAILURE
      })
  void noMemoryForABufferIsTold(int status) {
    calls.fail(Kind.ALLOCATION, status);
    DeviceException failure =
        fails(
            () -> device.allocate(12_345),
            "clCreateBuffer failed with " + CL.stringFor_errorCode(status),
            "12345 bytes");
    assertInstanceOf(OutOfDeviceMemoryException.class, failure);
    SmallNetwork.requireRight(device);
    calls.fail(Kind.ALLOCATION, status);
    assertThrows(OutOfDeviceMemoryException.class, () -> SmallNetwork.requireRight(device));
    SmallNetwork.requireRight(device);
  }

  /** No simulation: a process that may have four gigabytes takes buffers until there is no more. */
  @Test
  void memoryThatIsFullIsRefusedAndTheDeviceComputesOn() throws IOException, InterruptedException {
    try (OpenClDevice asItIs = InstalledOpenCl.open(null)) {
      assumeTrue(
          asItIs.info().type() == DeviceInfo.Type.CPU, "a GPU's memory is not the process's");
    }
    List<String> flags =
        List.of(
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:CompressedClassSpaceSize=32m",
            "-XX:ReservedCodeCacheSize=32m");
    List<String> told = OtherProcess.runLimited(4_000_000, FullMemory.class, flags);
    assertTrue(told.getFirst().startsWith("refused: clCreateBuffer failed with "), told::toString);
    assertTrue(told.getFirst().endsWith("a buffer of 67108864 bytes"), told::toString);
    assertEquals("computed again", told.getLast());
  }

  @Test
  void aLostDeviceSaysSoFromThenOn() {
    try (Plan plan = SmallNetwork.plan(device)) {
      SmallNetwork.requireRight(plan);
      calls.lose(ILLEGAL_ACCESS);
      String[] told = {"no longer answers", "lost when clEnqueueWriteBuffer", "upload of 1728"};
      fails(() -> SmallNetwork.requireRight(plan), told);
      fails(() -> SmallNetwork.requireRight(plan), told);
      fails(() -> device.allocate(1), told);
      fails(() -> device.openStream(), told);
      fails(() -> SmallNetwork.plan(device), told);
    }
  }
}
