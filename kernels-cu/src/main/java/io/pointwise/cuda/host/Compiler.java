// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import io.pointwise.device.DeviceException;
import java.util.Arrays;
import java.util.List;
import jcuda.nvrtc.JNvrtc;
import jcuda.nvrtc.nvrtcProgram;
import jcuda.nvrtc.nvrtcResult;

/** Compiles CUDA C++ with NVRTC for one compute capability. */
final class Compiler {
  private Compiler() {}

  /**
   * Machine code for the device.
   *
   * @param file name of the source, for messages
   * @throws DeviceException if it does not compile, with file, line and NVRTC's log
   */
  static byte[] compile(String file, String source, List<String> options) {
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
      return binary(program, file);
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

  /** The newest capability that NVRTC compiles for and that runs on a device of {@code wanted}. */
  static int target(int wanted) {
    int[] count = new int[1];
    Status.nvrtc(
        JNvrtc.nvrtcGetNumSupportedArchs(count), "nvrtcGetNumSupportedArchs", () -> "a number");
    int[] supported = new int[count[0]];
    Status.nvrtc(
        JNvrtc.nvrtcGetSupportedArchs(supported), "nvrtcGetSupportedArchs", () -> "a list");
    // Machine code runs on devices of the same major capability and of no lower minor one.
    return Arrays.stream(supported)
        .filter(each -> each <= wanted && each / 10 == wanted / 10)
        .max()
        .orElseThrow(
            () ->
                new DeviceException(
                    "NVRTC compiles for compute capabilities "
                        + Arrays.toString(supported)
                        + ", none of which runs on a device of "
                        + wanted));
  }
}
