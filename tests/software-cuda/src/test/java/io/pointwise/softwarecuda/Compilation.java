// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import static jcuda.nvrtc.JNvrtc.nvrtcCompileProgram;
import static jcuda.nvrtc.JNvrtc.nvrtcCreateProgram;
import static jcuda.nvrtc.JNvrtc.nvrtcDestroyProgram;
import static jcuda.nvrtc.JNvrtc.nvrtcGetCUBIN;
import static jcuda.nvrtc.JNvrtc.nvrtcGetCUBINSize;
import static jcuda.nvrtc.JNvrtc.nvrtcGetPTX;
import static jcuda.nvrtc.JNvrtc.nvrtcGetProgramLog;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import jcuda.nvrtc.nvrtcProgram;
import jcuda.nvrtc.nvrtcResult;

/** A program that was compiled, well or not. */
final class Compilation {
  final int status;
  final String log;
  final byte[] cubin;
  final String ptx;

  private Compilation(int status, String log, byte[] cubin, String ptx) {
    this.status = status;
    this.log = log;
    this.cubin = cubin;
    this.ptx = ptx;
  }

  static Compilation of(String source, Map<String, String> headers, String... options) {
    nvrtcProgram program = new nvrtcProgram();
    String[] names = headers.keySet().toArray(String[]::new);
    String[] texts = headers.values().toArray(String[]::new);
    check(nvrtcCreateProgram(program, source, "kernel.cu", names.length, texts, names));
    try {
      int status = nvrtcCompileProgram(program, options.length, options);
      String[] log = new String[1];
      check(nvrtcGetProgramLog(program, log));
      if (status != nvrtcResult.NVRTC_SUCCESS) {
        return new Compilation(status, log[0], new byte[0], "");
      }
      long[] size = new long[1];
      check(nvrtcGetCUBINSize(program, size));
      byte[] cubin = new byte[Math.toIntExact(size[0])];
      if (size[0] > 0) {
        check(nvrtcGetCUBIN(program, cubin));
      }
      String[] ptx = new String[1];
      check(nvrtcGetPTX(program, ptx));
      return new Compilation(status, log[0], cubin, ptx[0]);
    } finally {
      check(nvrtcDestroyProgram(program));
    }
  }

  /** Machine code for the simulated device. */
  static byte[] cubin(String source, String... options) {
    String[] all = new String[options.length + 1];
    System.arraycopy(options, 0, all, 1, options.length);
    all[0] = "--gpu-architecture=sm_80";
    Compilation compiled = of(source, Map.of(), all);
    assertEquals(nvrtcResult.NVRTC_SUCCESS, compiled.status, compiled.log);
    return compiled.cubin;
  }

  private static void check(int status) {
    assertEquals("NVRTC_SUCCESS", nvrtcResult.stringFor(status));
  }
}
