// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** NVRTC where it can, else what is shipped. */
final class ProgramChoiceTest {
  private static final List<Integer> NVRTC = List.of(50, 70, 75, 80, 86, 89, 90);
  private static final DeviceFacts TURING =
      new DeviceFacts(0, "Turing", 7, 5, 1L << 30, 1024, Integer.MAX_VALUE);

  @Test
  void machineCodeRunsOnTheSameMajorCapabilityAndNoLowerMinor() {
    assertEquals(OptionalInt.of(86), ProgramChoice.target(86, NVRTC));
    assertEquals(OptionalInt.of(86), ProgramChoice.target(87, NVRTC));
    assertEquals(OptionalInt.of(75), ProgramChoice.target(75, NVRTC));
    assertEquals(OptionalInt.empty(), ProgramChoice.target(61, NVRTC));
  }

  @Test
  void aDeviceThatIsNewerThanNvrtcHasNoTarget() {
    assertEquals(OptionalInt.empty(), ProgramChoice.target(100, NVRTC));
    assertEquals(OptionalInt.empty(), ProgramChoice.target(120, NVRTC));
  }

  @Test
  void withoutNvrtcTheShippedKernelsAreTaken() {
    Loading.Problem missing =
        new Loading.Missing(CudaLibrary.NVRTC, List.of("libnvrtc.so.11.2"), "no such file");
    LibraryVersions versions =
        new LibraryVersions(12_060, 120_603, 90_501, OptionalInt.empty(), false);
    assertEquals("CUDA 12.6, cuBLAS 12.6.3, cuDNN 9.5.1, no NVRTC", versions.toString());
    assertEquals(
        new ProgramChoice.Shipped(new ProgramChoice.Unusable(missing)),
        ProgramChoice.of(TURING, new Loading.Ready(versions, Optional.of(missing))));
  }
}
