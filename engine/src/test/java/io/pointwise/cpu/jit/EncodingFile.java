// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Instructions with their bytes, kept with the sources as a disassembler has confirmed them: a line
 * each for some, and one digest for all. {@code -Dpointwise.encodings.write=true} writes the files
 * anew; then the disassembler must be there.
 */
final class EncodingFile {
  private static final Path FOLDER = Path.of("src/test/encodings");

  private EncodingFile() {}

  static boolean writing() {
    return Boolean.getBoolean("pointwise.encodings.write");
  }

  /** Fails where the file has other instructions or bytes. */
  static void requireSame(String name, List<Encoding> few, List<Encoding> all) throws IOException {
    Path file = FOLDER.resolve(name + ".txt");
    List<String> lines = new ArrayList<>();
    lines.add(all.size() + " in all, SHA-256 of their lines " + digest(all));
    few.forEach(encoding -> lines.add(encoding.line()));
    if (writing()) {
      Files.createDirectories(FOLDER);
      Files.write(file, lines);
    }
    assertEquals(
        String.join("\n", Files.readAllLines(file)), String.join("\n", lines), file.toString());
  }

  private static String digest(List<Encoding> all) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Encoding encoding : all) {
        digest.update((encoding.line() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
