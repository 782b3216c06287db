// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/**
 * Finds outside material, which is not part of the sources: where the environment variable {@value
 * #VARIABLE} points, or in {@code shared/testdata} beside the working directory or one of its
 * parents.
 */
public final class TestData {
  static final String VARIABLE = "POINTWISE_TESTDATA";

  private TestData() {}

  /**
   * A file or folder of the material.
   *
   * @throws TestAbortedException if it is not there: the test is skipped and says so
   */
  public static String path(String name) {
    String root = System.getenv(VARIABLE);
    if (root != null) {
      return existing(Path.of(root).resolve(name));
    }
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null) {
      Path data = directory.resolve("shared").resolve("testdata");
      if (Files.isDirectory(data)) {
        return existing(data.resolve(name));
      }
      directory = directory.getParent();
    }
    throw new TestAbortedException(
        "no shared/testdata beside the checkout and no " + VARIABLE + ": skipped " + name);
  }

  private static String existing(Path file) {
    if (!Files.isReadable(file)) {
      throw new TestAbortedException("no " + file + ": skipped");
    }
    return file.toString();
  }
}
