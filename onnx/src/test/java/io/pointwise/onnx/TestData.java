// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * Finds outside material, which is not part of the sources: where the environment variable {@value
 * #VARIABLE} points, or in {@code shared/testdata} beside the working directory or one of its
 * parents.
 */
final class TestData {
  static final String VARIABLE = "POINTWISE_TESTDATA";

  private TestData() {}

  /** The folder of the material, if it is there. */
  static Optional<Path> root() {
    String given = System.getenv(VARIABLE);
    if (given != null) {
      return Optional.of(Path.of(given)).filter(Files::isDirectory);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path beside = at.resolve("shared").resolve("testdata");
      if (Files.isDirectory(beside)) {
        return Optional.of(beside);
      }
    }
    return Optional.empty();
  }

  /**
   * A file or folder of the material.
   *
   * @throws TestAbortedException if it is not there: the test is skipped and says so
   */
  static Path file(String name) {
    Path file =
        root()
            .orElseThrow(
                () ->
                    new TestAbortedException(
                        "no shared/testdata beside the checkout and no "
                            + VARIABLE
                            + ": skipped "
                            + name))
            .resolve(name);
    if (!Files.isReadable(file)) {
      throw new TestAbortedException("no " + file + ": skipped");
    }
    return file;
  }

  /** The folders in a folder, in order of their names. */
  static List<Path> folders(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code prefix0.pb}, {@code prefix1.pb}, … as far as there are. */
  static List<TypedTensor> tensors(Path folder, String prefix) {
    List<TypedTensor> tensors = new ArrayList<>();
    for (int i = 0; Files.exists(folder.resolve(prefix + i + ".pb")); i++) {
      tensors.add(Onnx.readTensor(folder.resolve(prefix + i + ".pb")));
    }
    return tensors;
  }
}
