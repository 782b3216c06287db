// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;

/**
 * The disassembler of GNU binutils.
 *
 * @param program where it is
 */
record Objdump(Path program) {
  private static final Pattern LINE = Pattern.compile("\\s*([0-9a-f]+):\\t(.*)");
  private static final Pattern TARGET = Pattern.compile("(j\\w+) 0x([0-9a-f]+)");

  /** Before binutils 2.40 or so: the number of lanes instead of BCST. */
  private static final Pattern OLD_BROADCAST = Pattern.compile("DWORD PTR (\\[.*])\\{1to\\d+}");

  /**
   * The one on the path.
   *
   * @throws TestAbortedException if there is none and nobody requires it
   */
  static Objdump installed() {
    String path = System.getenv().getOrDefault("PATH", "");
    Optional<Path> found =
        Arrays.stream(path.split(File.pathSeparator, -1))
            .map(folder -> Path.of(folder, "objdump"))
            .filter(Files::isExecutable)
            .findFirst();
    return new Objdump(found.orElseThrow(Objdump::absent));
  }

  private static RuntimeException absent() {
    String required = System.getenv().getOrDefault("POINTWISE_REQUIRED_TOOLS", "");
    if (EncodingFile.writing() || Arrays.asList(required.split(",", -1)).contains("objdump")) {
      throw new AssertionError("objdump is required but not installed");
    }
    return new TestAbortedException("objdump is not installed");
  }

  /** What it does not read as it should: the first ones, one sentence each. */
  List<String> differences(List<Encoding> encodings, Path folder)
      throws IOException, InterruptedException {
    Map<Long, String> found = disassemble(encodings, folder);
    List<String> differences = new ArrayList<>();
    long address = 0;
    for (Encoding encoding : encodings) {
      String text = found.remove(address);
      if (!encoding.text().equals(text) && differences.size() < 20) {
        differences.add(encoding + " is read as " + text);
      }
      address += encoding.hex().length() / 2;
    }
    // An instruction may have been read as itself and a rest.
    found.forEach((place, text) -> differences.add("at " + place + " there is " + text));
    return differences;
  }

  /** Text by address. */
  private Map<Long, String> disassemble(List<Encoding> encodings, Path folder)
      throws IOException, InterruptedException {
    Path code = folder.resolve("code.bin");
    try (OutputStream out = Files.newOutputStream(code)) {
      for (Encoding encoding : encodings) {
        out.write(encoding.bytes());
      }
    }
    Path output = folder.resolve("code.txt");
    List<String> command =
        List.of(
            program.toString(),
            "-D",
            "-w",
            "--no-show-raw-insn",
            "-b",
            "binary",
            "-m",
            "i386:x86-64",
            "-M",
            "intel",
            code.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int status = process.waitFor();
    if (status != 0) {
      throw new AssertionError(command + " ended with " + status + ": " + Files.readString(output));
    }
    Map<Long, String> texts = new HashMap<>();
    for (String line : Files.readAllLines(output, StandardCharsets.UTF_8)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        long address = Long.parseLong(matcher.group(1), 16);
        texts.put(address, normal(matcher.group(2), address));
      }
    }
    return texts;
  }

  private static String normal(String text, long address) {
    // In braces: a remark that a shorter encoding would do.
    String spaced = text.replace("{evex}", "").strip().replaceAll("\\s+", " ");
    String broadcast = OLD_BROADCAST.matcher(spaced).replaceAll("DWORD BCST $1");
    Matcher jump = TARGET.matcher(broadcast);
    return jump.matches()
        ? jump.group(1)
            + " .-0x"
            + Long.toHexString(address - Long.parseUnsignedLong(jump.group(2), 16))
        : broadcast;
  }
}
