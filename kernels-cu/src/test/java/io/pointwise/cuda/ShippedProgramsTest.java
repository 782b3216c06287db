// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cuda.host.CudaContext;
import io.pointwise.cuda.host.DeviceFacts;
import io.pointwise.cuda.host.Ledger;
import io.pointwise.cuda.host.LibraryVersions;
import io.pointwise.cuda.host.ProgramChoice;
import io.pointwise.cuda.host.Programs;
import io.pointwise.device.DeviceException;
import io.pointwise.device.kernel.Defines;
import io.pointwise.device.kernel.ProgramCache;
import io.pointwise.layer.Pad;
import io.pointwise.network.Network;
import io.pointwise.plan.Plan;
import io.pointwise.plan.Planner;
import io.pointwise.softwarecuda.SoftwareCuda;
import io.pointwise.tensor.Shape;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device whose kernels are the shipped PTX needs no NVRTC, says so, and has a limit or two. */
final class ShippedProgramsTest {
  @BeforeEach
  void askForThem() {
    System.setProperty(ProgramChoice.PROPERTY, ProgramChoice.SHIPPED);
  }

  @AfterEach
  void askNoMore() {
    System.clearProperty(ProgramChoice.PROPERTY);
  }

  @Test
  void theDriverCompilesThemAndNvrtcNothing() throws IOException {
    try (CudaDevice device = InstalledCuda.open(null)) {
      SoftwareCuda software = Simulation.behind(device);
      long byNvrtc = software.counter("compilations");
      long byDriver = software.counter("ptx_compilations");
      SmallNetwork.requireRight(device);
      assertEquals(byNvrtc, software.counter("compilations"));
      assertTrue(software.counter("ptx_compilations") > byDriver);
      assertEquals(0, device.programs().builds());
    }
  }

  @Test
  void theDeviceSaysSo() {
    try (CudaDevice device = InstalledCuda.open(null)) {
      String notice = device.notices().getFirst();
      assertTrue(notice.startsWith("cuda:0: The system property pointwise.cuda.programs"), notice);
      assertTrue(notice.contains("PTX that comes with Pointwise"), notice);
    }
  }

  @Test
  void aClosedDeviceLeavesNothing() {
    CudaDevice device = InstalledCuda.open(null);
    SmallNetwork.requireRight(device);
    device.close();
    assertEquals("", device.ledger().toString());
  }

  /** Nine axes: there is a program for eight. */
  @Test
  void whatIsNotShippedIsRefusedWithNvrtcForTheReason() {
    Defines eight = Defines.NONE.with("INDEX", "int").with("AXES", 8);
    Defines nine = eight.with("AXES", 9);
    try (CudaDevice device = InstalledCuda.open(null)) {
      for (String kernel : List.of("pad", "resize")) {
        assertEquals("", device.programs().refusal(kernel, eight).orElse(""));
        String reason = device.programs().refusal(kernel, nine).orElse("");
        assertTrue(reason.startsWith("needs NVRTC: there is no shipped PTX of " + kernel), reason);
        DeviceException failure =
            assertThrows(DeviceException.class, () -> device.programs().kernel(kernel, nine));
        assertTrue(String.valueOf(failure.getMessage()).contains(reason), failure::getMessage);
      }
    }
  }

  @Test
  void aPlanThatNeedsNvrtcIsRefusedWithTheReason() {
    Network network =
        Network.builder("nine axes")
            .input("x", Shape.of(1, 2, 1, 1, 1, 3, 1, 1, 2))
            .layer(
                "padded",
                new Pad(Collections.nCopies(9, 0), Collections.nCopies(9, 1), Pad.Mode.EDGE, 0))
            .build(1);
    try (CudaDevice device = InstalledCuda.open(null)) {
      RuntimeException refusal =
          assertThrows(RuntimeException.class, () -> Planner.plan(network, device).close());
      assertTrue(
          String.valueOf(refusal.getMessage()).contains("cu-pad: needs NVRTC"),
          refusal::getMessage);
    }
    System.clearProperty(ProgramChoice.PROPERTY);
    try (CudaDevice device = InstalledCuda.open(null);
        Plan plan = Planner.plan(network, device)) {
      assertEquals("cu-pad", plan.blueprint().steps().getFirst().algorithm().name());
    }
  }

  @Test
  void aDeviceThatIsTooOldIsRefused() {
    try (CudaDevice _ = InstalledCuda.open(null)) {
      Ledger ledger = new Ledger();
      DeviceFacts old = new DeviceFacts(0, "Volta", 7, 0, 1L << 30, 1024, Integer.MAX_VALUE);
      LibraryVersions versions =
          new LibraryVersions(12_060, 120_603, 90_501, OptionalInt.empty(), true);
      try (CudaContext context = new CudaContext(old, ledger)) {
        ProgramChoice choice = new ProgramChoice.Shipped(new ProgramChoice.Asked());
        DeviceException refusal =
            assertThrows(
                DeviceException.class,
                () -> new Programs(context, choice, versions, new ProgramCache(null)).close());
        assertEquals(
            "the PTX that is shipped is for compute capability 7.5 and up, Volta has 7.0; for this"
                + " device NVRTC 12 is needed",
            refusal.getMessage());
      }
    }
  }
}
