// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Fuzzes the loader with Jazzer, each time from the seeds on, for a few seconds; {@code -Pfuzz}
 * does so for longer and keeps what it finds out. In JVMs of their own: the fuzzer rewrites
 * classes, says much on the console, and is to be stopped when it hangs.
 */
class LoaderFuzzTest {
  private static final int SECONDS = Integer.getInteger("pointwise.fuzz.seconds", 3);

  private static final Path FOLDER = Path.of("target", "fuzz").toAbsolutePath();

  /** Models of the published cases up to this size are seeds. */
  private static final long SEED_BYTES = 16 << 10;

  /** Fewer would mean that it does not fuzz, however busy the machine. */
  private static final long LEAST_RUNS = 50;

  private static final Pattern RUNS = Pattern.compile("Done (\\d+) runs");

  @Test
  void modelFiles() throws Exception {
    Path seeds = folder("model-seeds");
    Files.write(seeds.resolve("empty"), TestModel.opset(13).bytes());
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      byte[] choices = new byte[200];
      random.nextBytes(choices);
      Files.write(seeds.resolve("made-" + i), GraphMaker.of(choices).bytes());
    }
    if (TestData.root().isPresent()) {
      addPublished(TestData.root().orElseThrow(), seeds);
    }
    fuzz("ModelFuzzer", seeds, SEED_BYTES);
  }

  @Test
  void graphsOfKnownOperators() throws Exception {
    fuzz("GraphFuzzer", folder("graph-seeds"), 400);
  }

  @Test
  void tensorFilesAndExternalData() throws Exception {
    Path seeds = folder("tensor-seeds");
    Files.write(seeds.resolve("floats"), TensorFuzzer.seed());
    fuzz("TensorFuzzer", seeds, 1024);
  }

  private static void addPublished(Path testdata, Path seeds) throws IOException {
    try (Stream<Path> files = Files.walk(testdata)) {
      for (Path file : files.filter(each -> each.endsWith("model.onnx")).toList()) {
        if (Files.size(file) <= SEED_BYTES) {
          Path folder = Objects.requireNonNull(file.getParent());
          Files.copy(file, seeds.resolve(String.valueOf(folder.getFileName())));
        }
      }
    }
  }

  /** An empty folder. */
  private static Path folder(String name) throws IOException {
    Path folder = Files.createDirectories(FOLDER.resolve(name));
    try (Stream<Path> files = Files.walk(folder)) {
      // What is in a folder comes behind it.
      for (Path file : files.toList().reversed()) {
        Files.delete(file);
      }
    }
    return Files.createDirectories(folder);
  }

  private static void fuzz(String target, Path seeds, long longest) throws Exception {
    Path corpus = Files.createDirectories(FOLDER.resolve(target + "-corpus"));
    Path findings = folder(target + "-findings");
    Path log = FOLDER.resolve(target + ".log");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            // A short run is mostly compiling.
            "-XX:TieredStopAtLevel=" + (SECONDS < 60 ? 1 : 4),
            "-Xshare:off",
            "-XX:+EnableDynamicAgentLoading",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=io.pointwise.onnx." + target,
            "--instrumentation_includes=io.pointwise.**:ai.onnx.**",
            "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*",
            "--reproducer_path=" + findings,
            "-artifact_prefix=" + findings + File.separator,
            "-max_total_time=" + SECONDS,
            "-max_len=" + longest,
            "-timeout=60",
            corpus.toString(),
            seeds.toString());
    Process process =
        new ProcessBuilder(command)
            .directory(findings.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(SECONDS + 300L, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    String said = Files.readString(log);
    assertTrue(ended, () -> target + " does not end, see " + log);
    int finding = said.indexOf("== Java");
    String end = said.substring(finding >= 0 ? finding : Math.max(0, said.length() - 4000));
    assertEquals(0, process.exitValue(), () -> target + ", see " + log + "\n" + end);
    Matcher runs = RUNS.matcher(said);
    assertTrue(
        runs.find() && Long.parseLong(runs.group(1)) > LEAST_RUNS, () -> target + ": " + end);
  }

  /** What this JVM has on its module path and class path, and the tests themselves. */
  private static String classPath() throws URISyntaxException {
    URI here = Objects.requireNonNull(LoaderFuzzTest.class.getResource("TestModel.class")).toURI();
    List<String> parts = new ArrayList<>();
    // As deep as the package.
    parts.add(Path.of(here).resolve("../../../..").normalize().toString());
    parts.add(System.getProperty("jdk.module.path", ""));
    parts.add(System.getProperty("java.class.path", ""));
    return String.join(File.pathSeparator, parts);
  }
}
