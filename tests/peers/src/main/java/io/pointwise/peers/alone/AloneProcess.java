// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.alone;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Starts {@link Alone} in a JVM of its own, like this one, and waits for what it found. */
public final class AloneProcess {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private AloneProcess() {}

  /**
   * Runs it; its warnings and its reason, should it fail, go to this process's error stream.
   *
   * @throws IllegalStateException if it fails
   */
  public static AloneReport run(AloneRequest request) {
    try {
      Process process =
          new ProcessBuilder(command(MAPPER.writeValueAsString(request)))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try {
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        int status = process.waitFor();
        if (status != 0) {
          throw new IllegalStateException(
              request.library()
                  + " in a process of its own ended with status "
                  + status
                  + "; its reason is above");
        }
        return MAPPER.readValue(new String(output, StandardCharsets.UTF_8), AloneReport.class);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          request.library() + " in a process of its own: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
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
