// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.output;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that the user named: what can go wrong with them, in sentences that name the file. */
public final class UserFile {
  private UserFile() {}

  /** The path of this name. */
  public static Path path(String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw CommandFailure.file("cannot use the file name " + file + ": " + e.getReason(), e);
    }
  }

  /** The path of a file that is there and is no folder. */
  public static Path existing(String file) {
    Path path = path(file);
    if (!Files.exists(path)) {
      throw unreadable(file, "there is no such file");
    }
    if (Files.isDirectory(path)) {
      throw unreadable(file, "it is a folder");
    }
    return path;
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

  /** What the file holds is not what it should be. */
  public static CommandFailure unreadable(String file, String cause) {
    return CommandFailure.file("cannot read " + file + ": " + cause);
  }

  /** Reading failed. */
  public static CommandFailure unreadable(String file, IOException e) {
    return CommandFailure.file("cannot read " + file + ": " + cause(e, file), e);
  }

  /** Writing failed. */
  public static CommandFailure unwritable(String file, IOException e) {
    return CommandFailure.file("cannot write " + file + ": " + cause(e, file), e);
  }

  private static String cause(IOException e, String file) {
    String message = String.valueOf(e.getMessage());
    return switch (e) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ when message.equals(file) -> "permission denied";
      case AccessDeniedException _ -> message + ": permission denied";
      case CharacterCodingException _ -> "it is not text in UTF-8";
      default -> message.equals(file) ? e.getClass().getSimpleName() : message;
    };
  }
}
