// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import static io.pointwise.softwarecuda.SimulatedDevice.allocate;
import static io.pointwise.softwarecuda.SimulatedDevice.arg;
import static io.pointwise.softwarecuda.SimulatedDevice.check;
import static io.pointwise.softwarecuda.SimulatedDevice.download;
import static io.pointwise.softwarecuda.SimulatedDevice.function;
import static io.pointwise.softwarecuda.SimulatedDevice.launch;
import static io.pointwise.softwarecuda.SimulatedDevice.load;
import static jcuda.driver.JCudaDriver.cuModuleLoadData;
import static jcuda.nvrtc.JNvrtc.nvrtcAddNameExpression;
import static jcuda.nvrtc.JNvrtc.nvrtcCompileProgram;
import static jcuda.nvrtc.JNvrtc.nvrtcCreateProgram;
import static jcuda.nvrtc.JNvrtc.nvrtcDestroyProgram;
import static jcuda.nvrtc.JNvrtc.nvrtcGetCUBIN;
import static jcuda.nvrtc.JNvrtc.nvrtcGetCUBINSize;
import static jcuda.nvrtc.JNvrtc.nvrtcGetLoweredName;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.nvrtc.nvrtcProgram;
import jcuda.nvrtc.nvrtcResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiling, what the compiler says, and what it gives. */
final class NvrtcTest {
  private static final String ANSWER =
      "extern \"C\" __global__ void answer(float *y) { *y = ANSWER; }";
  private static final String ARCHITECTURE = "--gpu-architecture=sm_80";

  @BeforeEach
  void librariesAreLoaded() {
    assertTrue(Files.isDirectory(SimulatedDevice.installed().folder()));
  }

  private static Compilation compile(String source, String... options) {
    return Compilation.of(source, Map.of(), options);
  }

  /** What the kernel {@code answer} writes. */
  private static float answer(CUmodule module) {
    CUdeviceptr y = allocate(1);
    check(launch(function(module, "answer"), 1, 1, arg(y)));
    return download(y, 1)[0];
  }

  @Test
  void anErrorHasFileAndLine() {
    Compilation failed =
        compile("extern \"C\" __global__ void k(float *y) {\n\n  *y = unheard;\n}", ARCHITECTURE);
    assertEquals(nvrtcResult.NVRTC_ERROR_COMPILATION, failed.status);
    assertTrue(failed.log.contains("kernel.cu(3): error: "), failed.log);
    assertTrue(failed.log.contains("unheard"), failed.log);
  }

  @Test
  void anErrorInAHeaderHasTheHeadersName() {
    Compilation failed =
        Compilation.of(
            "#include \"part.cuh\"\n", Map.of("part.cuh", "\n#error broken\n"), ARCHITECTURE);
    assertEquals(nvrtcResult.NVRTC_ERROR_COMPILATION, failed.status);
    assertTrue(failed.log.contains("part.cuh"), failed.log);
    assertTrue(failed.log.contains("broken"), failed.log);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#include <cmath>",
        "#include <stdint.h>",
        "uint32_t x;",
        "uint x;",
        "float x = INFINITY;"
      })
  void whatNvrtcLacksIsLackingHere(String line) {
    assertEquals(nvrtcResult.NVRTC_ERROR_COMPILATION, compile(line + "\n", ARCHITECTURE).status);
  }

  @Test
  void headersAreFoundByTheirNames() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      Compilation compiled =
          Compilation.of(
              "#include \"numbers/answer.cuh\"\n" + ANSWER,
              Map.of("numbers/answer.cuh", "#define ANSWER 42\n"),
              ARCHITECTURE);
      assertEquals(42, answer(load(compiled.cubin)), compiled.log);
    }
  }

  @Test
  void optionsAreThoseOfNvrtc() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      Compilation compiled =
          compile(
              ANSWER,
              "-arch=sm_75",
              "--std=c++14",
              "-D",
              "ANSWER=2 * TWO",
              "--define-macro=TWO=2",
              "-default-device",
              "--fmad=false",
              "-lineinfo");
      // Machine code for 7.5 is none for 8.0.
      assertEquals(
          CUresult.CUDA_ERROR_NO_BINARY_FOR_GPU, cuModuleLoadData(new CUmodule(), compiled.cubin));
      Compilation unknown = compile(ANSWER, "--make-it-fast");
      assertEquals(nvrtcResult.NVRTC_ERROR_INVALID_OPTION, unknown.status);
      assertTrue(unknown.log.contains("--make-it-fast"));
      Compilation mad = compile(ANSWER, "--gpu-architecture=sm_8x");
      assertEquals(nvrtcResult.NVRTC_ERROR_INVALID_OPTION, mad.status);
    }
  }

  @Test
  void aVirtualArchitectureGivesTextAlone() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      Compilation compiled = compile(ANSWER, "--gpu-architecture=compute_80", "-DANSWER=7");
      assertEquals(0, compiled.cubin.length);
      CUmodule module = new CUmodule();
      check(cuModuleLoadData(module, compiled.ptx));
      assertEquals(7, answer(module));
    }
  }

  @Test
  void aTemplateIsAskedForByAnExpression() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      nvrtcProgram program = new nvrtcProgram();
      String source = "template <int N> __global__ void fill(float *y) { y[threadIdx.x] = N; }";
      assertEquals(0, nvrtcCreateProgram(program, source, "t.cu", 0, null, null));
      String[] lowered = new String[1];
      assertEquals(0, nvrtcAddNameExpression(program, "&fill<5>"));
      assertEquals(
          nvrtcResult.NVRTC_ERROR_NO_LOWERED_NAMES_BEFORE_COMPILATION,
          nvrtcGetLoweredName(program, "&fill<5>", lowered));
      assertEquals(0, nvrtcCompileProgram(program, 1, new String[] {ARCHITECTURE}));
      assertEquals(0, nvrtcGetLoweredName(program, "&fill<5>", lowered));
      assertEquals(
          nvrtcResult.NVRTC_ERROR_NAME_EXPRESSION_NOT_VALID,
          nvrtcGetLoweredName(program, "&fill<6>", new String[1]));
      long[] size = new long[1];
      assertEquals(0, nvrtcGetCUBINSize(program, size));
      byte[] cubin = new byte[(int) size[0]];
      assertEquals(0, nvrtcGetCUBIN(program, cubin));
      CUdeviceptr y = allocate(2);
      check(launch(function(load(cubin), lowered[0]), 1, 2, arg(y)));
      assertArrayEquals(new float[] {5, 5}, download(y, 2));
      assertEquals(0, nvrtcDestroyProgram(program));
    }
  }

  @Test
  void aDamagedImageIsRefused() {
    try (SimulatedDevice _ = SimulatedDevice.open()) {
      byte[] cubin = Compilation.cubin(ANSWER, "-DANSWER=1");
      cubin[cubin.length / 2] ^= 1;
      assertEquals(CUresult.CUDA_ERROR_INVALID_IMAGE, cuModuleLoadData(new CUmodule(), cubin));
      assertEquals(
          CUresult.CUDA_ERROR_INVALID_IMAGE, cuModuleLoadData(new CUmodule(), new byte[100]));
      assertEquals(
          CUresult.CUDA_ERROR_INVALID_IMAGE,
          cuModuleLoadData(new CUmodule(), "// a text of another kind"));
    }
  }

  @Test
  void compilationsAreCounted() {
    try (SimulatedDevice cuda = SimulatedDevice.open()) {
      byte[] cubin = Compilation.cubin(ANSWER, "-DANSWER=1");
      assertTrue(cubin.length > 0);
      assertEquals(1, cuda.software.counter("compilations"));
    }
  }

  @Test
  void aStoredCubinServesAnotherProcess(@TempDir Path folder) throws Exception {
    Path stored = folder.resolve("answer.cubin");
    Files.write(stored, Compilation.cubin(ANSWER, "-DANSWER=23"));
    ChildJvm child = ChildJvm.run(folder, LoadStored.class, stored.toString());
    assertEquals(0, child.status(), child.output());
    assertTrue(child.output().contains("answer 23.0, compilations 0"), child.output());
  }

  /** Runs the kernel of a cubin that another process wrote. */
  static final class LoadStored {
    public static void main(String[] arguments) throws Exception {
      try (SimulatedDevice cuda = SimulatedDevice.open()) {
        float answer = answer(load(Files.readAllBytes(Path.of(arguments[0]))));
        System.out.println(
            "answer " + answer + ", compilations " + cuda.software.counter("compilations"));
      }
    }
  }
}
