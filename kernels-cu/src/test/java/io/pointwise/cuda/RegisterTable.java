// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many registers a thread of each kernel takes, as a table that is kept with the sources: what
 * a change costs shows in its difference. The numbers are those of one release of nvcc and are
 * compared with that one only. {@code -Dpointwise.registers.write=true} writes it anew.
 */
final class RegisterTable {
  private static final Path FILE = Path.of("src/test/registers.txt");
  private static final Pattern RELEASE = Pattern.compile("V\\d+[.\\d]+");

  private RegisterTable() {}

  /**
   * Fails where the table has other numbers, kernels or architectures.
   *
   * @param found registers by kernel, defines and architecture
   * @param version what nvcc says of itself
   */
  static void requireSame(SortedMap<String, Integer> found, String version) throws IOException {
    Matcher release = RELEASE.matcher(version);
    String nvcc = "nvcc " + (release.find() ? release.group() : "of an unknown release");
    if (Boolean.getBoolean("pointwise.registers.write")) {
      write(found, nvcc);
    }
    List<String> lines = Files.readAllLines(FILE);
    if (lines.getFirst().equals(nvcc)) {
      assertEquals(read(lines), found, "registers, and those in " + FILE);
    }
  }

  private static void write(SortedMap<String, Integer> found, String nvcc) throws IOException {
    List<String> lines = new ArrayList<>(List.of(nvcc));
    found.forEach((variant, registers) -> lines.add(registers + " " + variant));
    Files.write(FILE, lines);
  }

  private static SortedMap<String, Integer> read(List<String> lines) {
    SortedMap<String, Integer> registers = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int blank = line.indexOf(' ');
      registers.put(line.substring(blank + 1), Integer.valueOf(line.substring(0, blank)));
    }
    return registers;
  }
}
