// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a program of these tests ended that ran in a JVM of its own, where a crash is a failed test
 * and not the end of all.
 *
 * @param status 0 where it ended well
 * @param text that it printed
 * @param crash the beginning of the JVM's report of a crash; empty without one
 */
record ChildJvm(int status, String text, String crash) {
  private static final int LINES_OF_CRASH = 60;

  /**
   * Runs a program.
   *
   * @param main its class
   * @param folder for files
   * @param flags of the JVM
   */
  static ChildJvm run(Class<?> main, Path folder, List<String> flags, List<String> arguments)
      throws IOException, InterruptedException {
    Path report = folder.resolve("crash.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(
        List.of(
            "-XX:ErrorFile=" + report,
            "-XX:-CreateCoredumpOnCrash",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(main),
            main.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    String crash = "";
    if (Files.exists(report)) {
      try (Stream<String> lines = Files.lines(report, StandardCharsets.ISO_8859_1)) {
        crash = lines.limit(LINES_OF_CRASH).collect(Collectors.joining("\n"));
      }
    }
    return new ChildJvm(status, text, crash);
  }

  /** The lines that a program printed which ended well; a failure with all it said otherwise. */
  List<String> lines() {
    if (status != 0) {
      throw new AssertionError("ended with status " + status + ":\n" + text + "\n" + crash);
    }
    return text.lines().toList();
  }

  /**
   * What this JVM has on its class path and on its module path, and the folder of the tests, which
   * it may have been given as a patch of a module.
   */
  private static String classPath(Class<?> main) {
    return Stream.of(
            folder(main),
            System.getProperty("jdk.module.path", ""),
            System.getProperty("java.class.path", ""))
        .filter(path -> !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String folder(Class<?> main) {
    String file = main.getSimpleName() + ".class";
    try {
      URI uri = Objects.requireNonNull(main.getResource(file), file).toURI();
      Path folder = Path.of(uri).getParent();
      for (int i = 0; i < main.getPackageName().split("\\.", -1).length; i++) {
        folder = Objects.requireNonNull(folder).getParent();
      }
      return String.valueOf(folder);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(file, e);
    }
  }
}
