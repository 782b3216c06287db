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
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A class of the tests in a JVM of its own, which may load other libraries, or end. */
public final class ChildJvm {
  private final List<String> options = new ArrayList<>();
  private final ProcessBuilder builder = new ProcessBuilder().redirectErrorStream(true);

  /** An option of the JVM's. */
  public ChildJvm option(String option) {
    options.add(option);
    return this;
  }

  /** Variables of the environment. */
  public ChildJvm environment(Map<String, String> variables) {
    builder.environment().putAll(variables);
    return this;
  }

  /**
   * How it ended.
   *
   * @param status 0 where all went well
   * @param output what it printed
   */
  public record Ended(int status, String output) {
    /** Fails unless all went well; what it printed. */
    public String requireSuccess() {
      assertEquals(0, status, output);
      return output;
    }
  }

  /** Runs a main class; fails where it does not end in time. */
  public Ended run(Class<?> main, int minutes, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.add("-cp");
    command.add(
        String.join(
            System.getProperty("path.separator"),
            Path.of("target", "test-classes").toAbsolutePath().toString(),
            System.getProperty("jdk.module.path", ""),
            System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile("child-jvm", ".log");
    try {
      Process process = builder.command(command).redirectOutput(log.toFile()).start();
      boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
      if (!ended) {
        process.destroyForcibly();
      }
      String output = Files.readString(log, StandardCharsets.UTF_8);
      assertTrue(ended, () -> main + " did not end in " + minutes + " minutes:\n" + output);
      return new Ended(process.exitValue(), output);
    } finally {
      Files.delete(log);
    }
  }
}
