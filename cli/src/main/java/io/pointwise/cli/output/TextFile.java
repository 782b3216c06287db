// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.output;

import java.io.IOException;
import java.nio.file.Files;

/**
 * Reads and writes text files that the user named; what goes wrong names the file and the cause.
 */
public final class TextFile {
  private TextFile() {}

  /** The whole file. */
  public static String read(String file) {
    try {
      return Files.readString(UserFile.path(file));
    } catch (IOException e) {
      throw UserFile.unreadable(file, e);
    }
  }

  /** Replaces the file. */
  public static void write(String file, String text) {
    try {
      Files.writeString(UserFile.path(file), text);
    } catch (IOException e) {
      throw UserFile.unwritable(file, e);
    }
  }
}
