// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Folders with some of the software CUDA's libraries, each looked at by a JVM of its own: whatever
 * is missing is named, and the JVM lives.
 */
final class MissingLibrariesTest {
  @TempDir private Path temporary;
  private Path libraries = Path.of("");
  private Path folder = Path.of("");

  @BeforeEach
  void requireSoftwareCuda() throws IOException {
    try (CudaDevice device = InstalledCuda.open(null)) {
      libraries = Simulation.behind(device).folder();
    }
    folder = Files.createDirectory(temporary.resolve("cuda"));
  }

  private void link(Predicate<String> wanted) throws IOException {
    try (Stream<Path> files = Files.list(libraries)) {
      for (Path library : files.toList()) {
        String name = library.getFileName().toString();
        if (wanted.test(name)) {
          Files.createSymbolicLink(folder.resolve(name), library.toAbsolutePath());
        }
      }
    }
  }

  private ChildJvm.Ended run(String... options) throws IOException, InterruptedException {
    ChildJvm jvm = new ChildJvm().environment(Map.of("POINTWISE_CUDA_PATH", folder.toString()));
    List.of(options).forEach(jvm::option);
    return jvm.run(ProbeMain.class, 2);
  }

  /** What the JVM printed. */
  private String probe(String... options) throws IOException, InterruptedException {
    return run(options).requireSuccess();
  }

  private void tells(String reason, String fix) throws IOException, InterruptedException {
    String output = probe();
    for (String part : List.of("reason: " + reason, "fix: " + fix, "same: true")) {
      assertTrue(output.contains(part), output);
    }
  }

  @Test
  void allOfThemRun() throws Exception {
    link(_ -> true);
    assertTrue(probe().contains("ran: cuda:0 simulated"));
  }

  @Test
  void noneAtAll() throws Exception {
    tells("There is no libcuda.so.1 (the NVIDIA driver)", "Install NVIDIA's driver");
  }

  @Test
  void noFolder() throws Exception {
    Files.delete(folder);
    tells("POINTWISE_CUDA_PATH names " + folder, "Set it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "libcublas.so.12",
        "libcudnn.so.9",
        "libcudnn_graph.so.9",
        "libcudnn_ops.so.9",
        "libcudnn_cnn.so.9",
        "libcudnn_heuristic.so.9",
        "libcudnn_engines_precompiled.so.9",
        "libcudnn_engines_runtime_compiled.so.9"
      })
  void oneOfThem(String missing) throws Exception {
    link(name -> !name.equals(missing));
    tells("There is no " + missing, "Install ");
  }

  @Test
  void anOlderOneUnderItsOwnName() throws Exception {
    link(name -> !name.equals("libcublas.so.12"));
    Files.createFile(folder.resolve("libcublas.so.11"));
    tells(
        "There is no libcublas.so.12 (cuBLAS 12) on this machine, only libcublas.so.11.",
        "Install");
  }

  /** The network runs, and a note tells why NVRTC does not compile its kernels. */
  private void runsOnShippedKernels(String reason) throws IOException, InterruptedException {
    String output = probe();
    for (String part :
        List.of(
            "note: " + reason,
            "Kernels are the PTX that comes with Pointwise, compiled by the driver. Install NVRTC",
            ", no NVRTC",
            "ran: cuda:0 simulated")) {
      assertTrue(output.contains(part), output);
    }
  }

  @Test
  void withoutNvrtcTheShippedKernelsRun() throws Exception {
    link(name -> !name.startsWith("libnvrtc"));
    runsOnShippedKernels("There is no libnvrtc.so.12 (NVRTC 12) on this machine.");
  }

  @Test
  void anotherLibraryUnderTheNameOfNvrtc() throws Exception {
    link(name -> !name.equals("libnvrtc.so.12"));
    Files.writeString(folder.resolve("libnvrtc.so.12"), "no library");
    runsOnShippedKernels("libnvrtc.so.12 (NVRTC 12) is there and cannot be loaded: ");
  }

  @Test
  void anotherVersionUnderTheNameOfNvrtc() throws Exception {
    link(name -> !name.equals("libnvrtc.so.12"));
    Path source =
        Files.writeString(
            temporary.resolve("nvrtc.c"),
            "int nvrtcVersion(int *major, int *minor) { *major = 11; *minor = 8; return 0; }");
    Path library = folder.resolve("libnvrtc.so.12");
    Process compiler =
        new ProcessBuilder(
                "g++", "-x", "c", "-shared", "-fPIC", source.toString(), "-o", library.toString())
            .inheritIO()
            .start();
    assertEquals(0, compiler.waitFor());
    runsOnShippedKernels(
        "libnvrtc.so.12 (NVRTC 12) is the wrong one: wanted version 12, found version 11.");
  }

  /** As with a driver that lacks a part: what it says names the program, and the JVM lives. */
  @Test
  void withoutNvrtcAndTheDriversCompiler() throws Exception {
    link(name -> !name.startsWith("libnvrtc") && !name.startsWith("libnvidia-ptxjitcompiler"));
    ChildJvm.Ended ended = run();
    assertEquals(1, ended.status(), ended.output());
    for (String part :
        List.of("cuModuleLoadDataEx", "CUDA_ERROR_JIT_COMPILER_NOT_FOUND", "INDEX=int")) {
      assertTrue(ended.output().contains(part), ended.output());
    }
  }

  @Test
  void whatLiesInTheTemporaryFolderIsNotLoaded() throws Exception {
    link(_ -> true);
    Path foreign = Files.createDirectory(temporary.resolve("tmp"));
    for (String name : List.of("JCudaDriver", "JNvrtc", "JCublas2", "JCudnn")) {
      Files.writeString(
          foreign.resolve("lib" + name + "-12.6.0-linux-x86_64.so"), "put here by somebody else");
    }
    assertTrue(probe("-Djava.io.tmpdir=" + foreign).contains("ran: cuda:0 simulated"));
    try (Stream<Path> left = Files.list(foreign)) {
      assertEquals(4, left.count(), "the binding's natives are left behind");
    }
  }
}
