// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompileResult;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;

/** Assembles PTX with NVIDIA's assembler, which is part of the binding; in a JVM of its own. */
final class PtxAssemblyMain {
  private PtxAssemblyMain() {}

  /**
   * Prints a line for what fails, then how many files were assembled.
   *
   * @param arguments the folder with the files, then compute capabilities
   */
  public static void main(String[] arguments) throws IOException {
    JNvPTXCompiler.setExceptionsEnabled(false);
    int[] major = new int[1];
    int[] minor = new int[1];
    require(JNvPTXCompiler.nvPTXCompilerGetVersion(major, minor), "nvPTXCompilerGetVersion");
    System.out.println("knows PTX " + major[0] + "." + minor[0]);
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
      files = found.filter(file -> file.toString().endsWith(".ptx")).sorted().toList();
    }
    List<String> capabilities = List.of(arguments).subList(1, arguments.length);
    // The assembler may be called by several threads at once.
    int assembled = files.parallelStream().mapToInt(file -> assemble(file, capabilities)).sum();
    System.out.println("assembled " + assembled + " of " + files.size() + " files");
  }

  /** For how many of the capabilities machine code came out; tells of the others. */
  private static int assemble(Path file, List<String> capabilities) {
    byte[] text;
    try {
      text = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int assembled = 0;
    for (String capability : capabilities) {
      String failure = assemble(text, "sm_" + capability);
      if (failure.isEmpty()) {
        assembled++;
      } else {
        System.out.println("FAILED " + file.getFileName() + " for sm_" + capability + failure);
      }
    }
    return assembled;
  }

  /** What is wrong; nothing where machine code came out that spills nothing. */
  private static String assemble(byte[] text, String architecture) {
    nvPTXCompilerHandle compiler = new nvPTXCompilerHandle();
    require(JNvPTXCompiler.nvPTXCompilerCreate(compiler, text.length, text), "nvPTXCompilerCreate");
    try {
      String[] options = {"--gpu-name=" + architecture, "--warn-on-spills"};
      int status = JNvPTXCompiler.nvPTXCompilerCompile(compiler, options.length, options);
      if (status != nvPTXCompileResult.NVPTXCOMPILE_SUCCESS) {
        return ": " + log(compiler, true);
      }
      long[] bytes = new long[1];
      require(
          JNvPTXCompiler.nvPTXCompilerGetCompiledProgramSize(compiler, bytes),
          "nvPTXCompilerGetCompiledProgramSize");
      String told = log(compiler, false);
      return bytes[0] > 0 && !told.contains("spill") ? "" : ": " + bytes[0] + " bytes, " + told;
    } finally {
      JNvPTXCompiler.nvPTXCompilerDestroy(compiler);
    }
  }

  private static String log(nvPTXCompilerHandle compiler, boolean errors) {
    long[] bytes = new long[1];
    require(
        errors
            ? JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(compiler, bytes)
            : JNvPTXCompiler.nvPTXCompilerGetInfoLogSize(compiler, bytes),
        "nvPTXCompilerGet…LogSize");
    byte[] log = new byte[Math.toIntExact(bytes[0]) + 1];
    require(
        errors
            ? JNvPTXCompiler.nvPTXCompilerGetErrorLog(compiler, log)
            : JNvPTXCompiler.nvPTXCompilerGetInfoLog(compiler, log),
        "nvPTXCompilerGet…Log");
    return new String(log, StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  private static void require(int status, String call) {
    if (status != nvPTXCompileResult.NVPTXCOMPILE_SUCCESS) {
      throw new IllegalStateException(call + " failed with " + status);
    }
  }
}
