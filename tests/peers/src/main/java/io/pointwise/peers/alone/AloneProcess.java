// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.alone;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Starts {@link Alone} in a JVM of its own, like this one, and waits for what it found. */
public final class AloneProcess {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private AloneProcess() {}

  /** What the JVM says of the Vector API. */
  private static final String EXPECTED_WARNING = "WARNING: Using incubator modules";

  /**
   * Runs it; its warnings go to this process's error stream.
   *
   * @throws IllegalStateException if it fails; the message has its last sentence
   */
  public static AloneReport run(AloneRequest request) {
    try {
      Path errors = Files.createTempFile("pointwise-peers", ".txt");
      try {
        return run(request, errors);
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          request.library() + " in a process of its own: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
    }
  }

  private static AloneReport run(AloneRequest request, Path errors)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command(MAPPER.writeValueAsString(request)))
            .redirectError(errors.toFile())
            .start();
    try {
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      int status = process.waitFor();
      List<String> said =
          Files.readAllLines(errors).stream()
              .filter(line -> !line.startsWith(EXPECTED_WARNING))
              .toList();
      if (status != 0) {
        throw new IllegalStateException(
            request.library()
                + " in a process of its own ended with status "
                + status
                + (said.isEmpty() ? "" : ": " + said.getLast()));
      }
      said.forEach(System.err::println);
      return MAPPER.readValue(new String(output, StandardCharsets.UTF_8), AloneReport.class);
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> command(String request) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "-classpath",
        System.getProperty("java.class.path"),
        Alone.class.getName(),
        request);
  }
}
