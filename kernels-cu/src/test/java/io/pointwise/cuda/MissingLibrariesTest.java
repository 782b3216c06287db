// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

  /** What the JVM printed. */
  private String probe(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(
        String.join(
            System.getProperty("path.separator"),
            Path.of("target", "test-classes").toAbsolutePath().toString(),
            System.getProperty("jdk.module.path", ""),
            System.getProperty("java.class.path")));
    command.add(ProbeMain.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("POINTWISE_CUDA_PATH", folder.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES), output);
    assertEquals(0, process.exitValue(), output);
    return output;
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
        "libnvrtc.so.12",
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

  @Test
  void anotherLibraryUnderItsName() throws Exception {
    link(name -> !name.equals("libnvrtc.so.12"));
    Files.writeString(folder.resolve("libnvrtc.so.12"), "no library");
    tells("libnvrtc.so.12 (NVRTC 12) is there and cannot be loaded: ", "Install NVRTC 12");
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
