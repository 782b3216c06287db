// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The memory of this process as Linux tells it.
 *
 * @param mappings in the order of their addresses
 */
record MemoryMaps(List<Mapping> mappings) {
  private static final Path FILE = Path.of("/proc/self/maps");
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]+)-([0-9a-f]+) (....) \\S+ \\S+ \\S+ *(.*)");

  /**
   * Neighbouring pages of one kind.
   *
   * @param begin the first byte's address
   * @param end behind the last byte
   * @param permissions {@code rwxp}, a dash for each that is missing
   * @param file that it shows; empty for memory
   */
  record Mapping(long begin, long end, String permissions, String file) {
    boolean isMemory() {
      return file.isEmpty();
    }

    boolean isExecutable() {
      return permissions.charAt(2) == 'x';
    }

    boolean isWritable() {
      return permissions.charAt(1) == 'w';
    }
  }

  static MemoryMaps read() throws IOException {
    return new MemoryMaps(Files.readAllLines(FILE).stream().map(MemoryMaps::mapping).toList());
  }

  private static Mapping mapping(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalStateException(FILE + " has the line " + line);
    }
    return new Mapping(
        Long.parseUnsignedLong(matcher.group(1), 16),
        Long.parseUnsignedLong(matcher.group(2), 16),
        matcher.group(3),
        matcher.group(4));
  }

  /** What may be done at an address; "none" where there is nothing. */
  String permissions(long address) {
    return mappings.stream()
        .filter(each -> each.begin <= address && address < each.end)
        .map(Mapping::permissions)
        .findFirst()
        .orElse("none");
  }

  /** Memory that may be executed but not written, as generated code is; the JVM's may be both. */
  Stream<Mapping> generated() {
    return mappings.stream()
        .filter(each -> each.isMemory() && each.isExecutable() && !each.isWritable());
  }

  /** Memory that may be written and executed at once. */
  List<Mapping> writableCode() {
    return mappings.stream().filter(each -> each.isExecutable() && each.isWritable()).toList();
  }
}
