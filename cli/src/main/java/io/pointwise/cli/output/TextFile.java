// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads and writes files that the user named; what goes wrong names the file and the cause. */
public final class TextFile {
  private TextFile() {}

  /** The whole file. */
  public static String read(String file) {
    try {
      return Files.readString(path(file));
    } catch (NoSuchFileException e) {
      throw CommandFailure.file("cannot read " + file + ": there is no such file", e);
    } catch (IOException e) {
      throw CommandFailure.file("cannot read " + file + ": " + cause(e, file), e);
    }
  }

  /** Replaces the file. */
  public static void write(String file, String text) {
    try {
      Files.writeString(path(file), text);
    } catch (IOException e) {
      throw CommandFailure.file("cannot write " + file + ": " + cause(e, file), e);
    }
  }

  /** Fails if it is plain already that the file cannot be written; does not touch it. */
  public static void requireWritable(String file) {
    Path path = path(file);
    Path folder = path.toAbsolutePath().getParent();
    if (Files.isDirectory(path)) {
      throw CommandFailure.file("cannot write " + file + ": it is a folder");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw CommandFailure.file("cannot write " + file + ": there is no folder " + folder);
    }
    if (!Files.isWritable(Files.exists(path) ? path : folder)) {
      throw CommandFailure.file("cannot write " + file + ": permission denied");
    }
  }

  private static Path path(String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw CommandFailure.file("cannot use the file name " + file + ": " + e.getReason(), e);
    }
  }

  private static String cause(IOException e, String file) {
    String message = String.valueOf(e.getMessage());
    return message.equals(file) ? e.getClass().getSimpleName() : message;
  }
}
