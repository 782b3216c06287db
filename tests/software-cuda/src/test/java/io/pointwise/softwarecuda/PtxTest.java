// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import static io.pointwise.softwarecuda.SimulatedDevice.allocate;
import static io.pointwise.softwarecuda.SimulatedDevice.arg;
import static io.pointwise.softwarecuda.SimulatedDevice.check;
import static io.pointwise.softwarecuda.SimulatedDevice.download;
import static io.pointwise.softwarecuda.SimulatedDevice.function;
import static io.pointwise.softwarecuda.SimulatedDevice.launch;
import static io.pointwise.softwarecuda.SimulatedDevice.upload;
import static jcuda.driver.JCudaDriver.cuModuleLoadDataJIT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUjit_option;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.JITOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text in PTX is taken for its source where the two agree, and refused everywhere else. */
final class PtxTest {
  private static final String SOURCE =
      """
      #include "helper.cu"
      extern "C" __global__ void scale(const float *x, float *y, const float by, const int count) {
        const int i = blockIdx.x * blockDim.x + threadIdx.x;
        if (i < count) y[i] = SCALE * helped(x[i]) * by;
      }
      """;

  private static final String PTX =
      """
      // A comment, as NVIDIA's compiler writes one.
      .version 8.0
      .target sm_75
      .address_size 64

      .visible .entry scale(
      	.param .u64 scale_param_0,
      	.param .u64 scale_param_1,
      	.param .f32 scale_param_2,
      	.param .u32 scale_param_3
      )
      {
      	ret;
      }
      """;

  @TempDir private Path folder;

  /** Puts a text and its source where the driver looks for them. */
  private void ship(SimulatedDevice cuda, String ptx) throws IOException {
    Path kernels = Files.createDirectories(folder.resolve("kernels"));
    Files.writeString(kernels.resolve("scale.cu"), SOURCE);
    Files.writeString(
        kernels.resolve("helper.cu"), "__device__ float helped(float x) { return x + 1.0f; }\n");
    Files.writeString(
        Files.createDirectories(folder.resolve("ptx")).resolve("scale+SCALE=10.0f.ptx"), ptx);
    cuda.software.kernels(folder);
  }

  /**
   * What came of loading a text.
   *
   * @param status name of the driver's code
   * @param log what it wrote of what is wrong
   */
  private record Loaded(String status, String log, CUmodule module) {
    static Loaded of(String ptx) {
      byte[] text = (ptx + "\0").getBytes(StandardCharsets.UTF_8);
      byte[] log = new byte[1000];
      JITOptions options = new JITOptions();
      options.putBytes(CUjit_option.CU_JIT_ERROR_LOG_BUFFER, log);
      options.putInt(CUjit_option.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES, log.length);
      CUmodule module = new CUmodule();
      int status = cuModuleLoadDataJIT(module, Pointer.to(text), options);
      return new Loaded(
          CUresult.stringFor(status), new String(log, StandardCharsets.UTF_8).strip(), module);
    }

    void requireRefused(String wanted, String... parts) {
      assertEquals(wanted, status, log);
      for (String part : parts) {
        assertTrue(log.contains(part), log);
      }
    }
  }

  @Test
  void aKnownTextRunsAsItsSource() throws IOException {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      ship(cuda, PTX);
      Loaded loaded = Loaded.of(PTX);
      assertEquals("CUDA_SUCCESS", loaded.status(), loaded.log());
      CUdeviceptr y = allocate(3);
      check(
          launch(
              function(loaded.module(), "scale"),
              1,
              4,
              arg(upload(1, 2, 3)),
              arg(y),
              arg(0.5f),
              arg(3)));
      assertArrayEquals(new float[] {10, 15, 20}, download(y, 3));
      assertEquals(1, cuda.software.counter("ptx_compilations"));
      assertEquals(0, cuda.software.counter("compilations"));
    }
  }

  @Test
  void anUnknownTextIsRefused() throws IOException {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      ship(cuda, PTX);
      Loaded.of(PTX.replace("ret;", "ret ;"))
          .requireRefused("CUDA_ERROR_INVALID_PTX", folder.toString());
      cuda.software.kernels(folder.resolve("empty"));
      Loaded.of(PTX).requireRefused("CUDA_ERROR_INVALID_PTX", "empty");
      assertEquals(0, cuda.software.counter("modules"));
    }
  }

  @Test
  void aTextThatDeclaresOtherThanItsSourceIsRefused() throws IOException {
    List<String> wrong =
        List.of(
            PTX.replace(" scale(", " scaled("),
            PTX.replace(".param .f32", ".param .u32"),
            PTX.replace(".param .u32", ".param .u64"),
            PTX.replace("scale_param_2,", "scale_param_2").replace(".param .u32 scale_param_3", ""),
            PTX.replace(".param .u32 scale_param_3", ".param .align 8 .b8 scale_param_3[16]"),
            PTX + ".visible .entry more(.param .u32 a) { ret; }\n");
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      for (String ptx : wrong) {
        ship(cuda, ptx);
        Loaded.of(ptx).requireRefused("CUDA_ERROR_INVALID_PTX", "the PTX declares ");
        assertEquals(0, cuda.software.counter("modules"));
      }
    }
  }

  @Test
  void aTextForNewerDriversOrDevicesIsRefused() throws IOException {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      String newer = PTX.replace(".version 8.0", ".version 8.6");
      ship(cuda, newer);
      Loaded.of(newer).requireRefused("CUDA_ERROR_UNSUPPORTED_PTX_VERSION");
      String higher = PTX.replace("sm_75", "sm_90");
      ship(cuda, higher);
      Loaded.of(higher).requireRefused("CUDA_ERROR_NO_BINARY_FOR_GPU");
    }
  }

  @Test
  void aSourceThatDoesNotCompileIsToldWithItsLine() throws IOException {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      ship(cuda, PTX);
      Files.writeString(folder.resolve("kernels").resolve("helper.cu"), "\nno such thing\n");
      Loaded.of(PTX).requireRefused("CUDA_ERROR_INVALID_PTX", "helper.cu:2");
    }
  }

  @Test
  void textThatIsNoPtxIsAnInvalidImage() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      Loaded.of("// nothing more\n").requireRefused("CUDA_ERROR_INVALID_IMAGE");
    }
  }
}
