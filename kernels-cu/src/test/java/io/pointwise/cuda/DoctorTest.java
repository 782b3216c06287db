// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cuda.host.CudaLibrary;
import io.pointwise.cuda.host.DeviceFacts;
import io.pointwise.cuda.host.Loading;
import io.pointwise.cuda.host.ProgramChoice;
import io.pointwise.device.DeviceProvider.Unavailable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is wrong is told with one cause and one fix. */
final class DoctorTest {
  private final Doctor doctor = new Doctor();

  private static void tells(Unavailable told, String reason, String fix) {
    assertTrue(told.reason().contains(reason), told::reason);
    assertTrue(told.fix().contains(fix), told::fix);
    for (String sentence : List.of(told.reason(), told.fix())) {
      assertTrue(sentence.endsWith("."), sentence);
      assertEquals(1, sentence.lines().count(), sentence);
    }
  }

  @Test
  void eachLibraryIsNamedWithWhatHasToBeInstalled() {
    for (CudaLibrary library : CudaLibrary.values()) {
      tells(
          doctor.missing(new Loading.Missing(library, List.of(), "no such file")),
          "There is no " + library.soname(),
          library == CudaLibrary.DRIVER ? "NVIDIA's driver" : "POINTWISE_CUDA_PATH");
    }
  }

  @Test
  void anotherVersionIsNamed() {
    tells(
        doctor.missing(
            new Loading.Missing(
                CudaLibrary.CUBLAS, List.of("libcublas.so.11", "libcublas.so.13"), "no such file")),
        "no libcublas.so.12 (cuBLAS 12) on this machine, only libcublas.so.11, libcublas.so.13",
        "libcublas-12-6");
  }

  @Test
  void aLibraryThatCannotBeLoadedIsToldWithTheLinkersWords() {
    tells(
        doctor.missing(
            new Loading.Missing(
                CudaLibrary.CUDNN,
                List.of("libcudnn.so.9"),
                "libcudnn.so.9: file too short\nmore")),
        "is there and cannot be loaded: libcudnn.so.9: file too short.",
        "libcudnn9-cuda-12");
  }

  @Test
  void aWrongVersionUnderTheRightName() {
    tells(
        doctor.wrongVersion(new Loading.WrongVersion(CudaLibrary.CUDNN, "version 9", "version 8")),
        "wanted version 9, found version 8",
        "cuDNN 9");
    tells(
        doctor.wrongVersion(
            new Loading.WrongVersion(
                CudaLibrary.DRIVER, "one for CUDA 12.0 or newer", "one for CUDA 11.4")),
        "found one for CUDA 11.4",
        "525");
  }

  @Test
  void everythingElse() {
    tells(doctor.noFolder("/no/such"), "/no/such, which is no folder", "unset");
    tells(doctor.unbound("cannot map\nat some place"), "binding", "java.io.tmpdir");
    tells(doctor.failingDriver("cuInit failed with X (999): starting"), "cuInit", "nvidia-smi");
    tells(doctor.nothingFound(), "no GPU", "CUDA_VISIBLE_DEVICES");
  }

  @Test
  void whyKernelsAreShippedOnes() {
    DeviceFacts blackwell = new DeviceFacts(0, "GPU", 12, 0, 1, 1024, 1);
    Loading.Problem wrong = new Loading.WrongVersion(CudaLibrary.NVRTC, "version 12", "version 13");
    String unusable =
        doctor.shipped(blackwell, new ProgramChoice.Shipped(new ProgramChoice.Unusable(wrong)));
    assertEquals(
        "libnvrtc.so.12 (NVRTC 12) is the wrong one: wanted version 12, found version 13. Kernels"
            + " are the PTX that comes with Pointwise, compiled by the driver. Install NVRTC 12"
            + " (for example NVIDIA's package cuda-nvrtc-12-6), or set POINTWISE_CUDA_PATH to the"
            + " folder that holds it.",
        unusable);
    String old =
        doctor.shipped(
            blackwell, new ProgramChoice.Shipped(new ProgramChoice.TooOld(List.of(75, 90))));
    assertTrue(old.contains("[75, 90], none of which runs on one of 120."), old);
    assertTrue(old.endsWith("Install the newest NVRTC 12."), old);
  }
}
