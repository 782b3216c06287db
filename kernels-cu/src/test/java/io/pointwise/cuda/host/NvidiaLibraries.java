// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.host;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder with NVIDIA's libraries that {@code -Pnvidia-redist} fills; else tests are skipped.
 */
final class NvidiaLibraries {
  private static final String PROPERTY = "pointwise.nvidia.path";

  private NvidiaLibraries() {}

  static Path require() {
    String folder = System.getProperty(PROPERTY, "");
    assumeTrue(!folder.isBlank(), "NVIDIA's libraries are there with -Pnvidia-redist only");
    Path path = Path.of(folder);
    assertTrue(Files.isDirectory(path), PROPERTY + " names no folder: " + path);
    return path;
  }
}
