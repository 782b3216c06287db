// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.DeviceException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import jcuda.nvrtc.JNvrtc;
import jcuda.nvrtc.nvrtcProgram;
import jcuda.nvrtc.nvrtcResult;

/** Compiles CUDA C++ with NVRTC. */
final class Compiler {
  private Compiler() {}

  /**
   * Machine code.
   *
   * @param file name of the source, for messages
   * @param options among them a real architecture
   * @throws DeviceException if it does not compile, with file, line and NVRTC's log
   */
  static byte[] machineCode(String file, String source, List<String> options) {
    return compiled(file, source, options, Compiler::binary);
  }

  /**
   * PTX, as NVRTC has it.
   *
   * @param options among them an architecture
   * @throws DeviceException if it does not compile, with file, line and NVRTC's log
   */
  static String ptx(String file, String source, List<String> options) {
    return compiled(file, source, options, Compiler::text);
  }

  private static <T> T compiled(
      String file,
      String source,
      List<String> options,
      BiFunction<nvrtcProgram, String, T> result) {
    nvrtcProgram program = new nvrtcProgram();
    Status.nvrtc(
        JNvrtc.nvrtcCreateProgram(program, source, file, 0, null, null),
        "nvrtcCreateProgram",
        () -> file);
    try {
      String[] array = options.toArray(String[]::new);
      int compiled = JNvrtc.nvrtcCompileProgram(program, array.length, array);
      if (compiled != nvrtcResult.NVRTC_SUCCESS) {
        String log = log(program);
        Status.nvrtc(
            compiled,
            "nvrtcCompileProgram",
            () -> file + " with " + String.join(" ", options) + ":\n" + log);
      }
      return result.apply(program, file);
    } finally {
      JNvrtc.nvrtcDestroyProgram(program);
    }
  }

  private static String log(nvrtcProgram program) {
    String[] log = new String[1];
    int status = JNvrtc.nvrtcGetProgramLog(program, log);
    return status == nvrtcResult.NVRTC_SUCCESS && log[0] != null
        ? log[0].strip()
        : "NVRTC gives no log";
  }

  private static byte[] binary(nvrtcProgram program, String file) {
    long[] size = new long[1];
    Status.nvrtc(JNvrtc.nvrtcGetCUBINSize(program, size), "nvrtcGetCUBINSize", () -> file);
    byte[] bytes = new byte[Math.toIntExact(size[0])];
    Status.nvrtc(JNvrtc.nvrtcGetCUBIN(program, bytes), "nvrtcGetCUBIN", () -> file);
    return bytes;
  }

  private static String text(nvrtcProgram program, String file) {
    String[] text = new String[1];
    Status.nvrtc(JNvrtc.nvrtcGetPTX(program, text), "nvrtcGetPTX", () -> file);
    return text[0];
  }

  /** The compute capabilities that NVRTC compiles for. */
  static List<Integer> supported() {
    int[] count = new int[1];
    Status.nvrtc(
        JNvrtc.nvrtcGetNumSupportedArchs(count), "nvrtcGetNumSupportedArchs", () -> "a number");
    int[] supported = new int[count[0]];
    Status.nvrtc(
        JNvrtc.nvrtcGetSupportedArchs(supported), "nvrtcGetSupportedArchs", () -> "a list");
    return Arrays.stream(supported).boxed().toList();
  }
}
