// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jcuda.nvrtc.JNvrtc;

/**
 * Compiles kernels with NVIDIA's own NVRTC, in a JVM of its own: another library of that name may
 * be in use in the test's.
 */
final class NvrtcMain {
  private NvrtcMain() {}

  /**
   * Compiles, and prints how many programs that were.
   *
   * @param arguments the folder with NVRTC; then {@code ptx} and a folder to write to, or {@code
   *     code} and compute capabilities
   */
  public static void main(String[] arguments) throws IOException {
    Path libraries = Path.of(arguments[0]);
    DynamicLinker linker = new DynamicLinker();
    for (String library : List.of("libnvrtc-builtins.so.12.6", CudaLibrary.NVRTC.soname())) {
      if (linker.open(libraries.resolve(library).toString())
          instanceof DynamicLinker.Refused(String message)) {
        throw new IOException(message);
      }
    }
    JNvrtc.setExceptionsEnabled(false);
    int[] major = new int[1];
    int[] minor = new int[1];
    Status.nvrtc(JNvrtc.nvrtcVersion(major, minor), "nvrtcVersion", () -> "a version");
    System.out.println("NVRTC " + major[0] + "." + minor[0]);
    if (arguments[1].equals("ptx")) {
      write(Path.of(arguments[2]), major[0] + "." + minor[0]);
    } else {
      for (String capability : List.of(arguments).subList(2, arguments.length)) {
        compileAll(capability);
      }
    }
  }

  private static void write(Path folder, String version) throws IOException {
    Files.createDirectories(folder);
    List<String> manifest = new ArrayList<>();
    for (KernelVariant variant : KernelVariants.shipped()) {
      String text =
          Compiler.ptx(
              variant.file(),
              KernelSources.text(variant),
              KernelSources.options(variant, ShippedPtx.ARCHITECTURE));
      String ptx = PtxText.shipped(variant, version, text);
      Files.writeString(folder.resolve(ShippedPtx.file(variant)), ptx);
      manifest.add(
          String.join(
              " ", ShippedPtx.sourceHash(variant), ShippedPtx.textHash(ptx), variant.name()));
    }
    Files.write(folder.resolve("manifest.txt"), manifest);
    System.out.println("wrote " + manifest.size());
  }

  private static void compileAll(String capability) {
    int programs = 0;
    long bytes = 0;
    for (KernelVariant variant : KernelVariants.all()) {
      List<String> options = KernelSources.options(variant, "sm_" + capability);
      byte[] code = Compiler.machineCode(variant.file(), KernelSources.text(variant), options);
      if (code.length == 0) {
        throw new IllegalStateException("no machine code of " + variant.name());
      }
      programs++;
      bytes += code.length;
    }
    System.out.println("compiled " + programs + " for sm_" + capability + ", " + bytes + " bytes");
  }
}
