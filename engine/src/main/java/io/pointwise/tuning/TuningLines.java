// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The text of a {@link TuningStore}: the line {@value #HEAD}, then one line an entry.
 *
 * <p>Fields of a line are parted by tabs: the CRC-32 of all that is behind it, in hexadecimal; the
 * engine's version; the device; the step; then for each candidate its name, {@code =} and
 * nanoseconds, or its name, {@code !} and why it is wrong. Tabs, ends of lines and backslashes
 * within a field are written {@code \t}, {@code \n}, {@code \\}.
 */
final class TuningLines {
  static final String HEAD = "pointwise-tuning/1";

  private static final String TAB = "\t";
  private static final int KEY_FIELDS = 3;

  private TuningLines() {}

  /**
   * What a text holds.
   *
   * @param entries those that are sound
   * @param damaged lines that are not
   */
  record Read(Map<TuningKey, List<Outcome>> entries, int damaged) {}

  /** The entries of a text; empty if it is none of ours. */
  static Optional<Read> read(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(HEAD)) {
      return Optional.empty();
    }
    Map<TuningKey, List<Outcome>> entries = new LinkedHashMap<>();
    int damaged = 0;
    for (String line : lines.subList(1, lines.size())) {
      try {
        read(line, entries);
      } catch (IllegalArgumentException e) {
        damaged++;
      }
    }
    return Optional.of(new Read(entries, damaged));
  }

  private static void read(String line, Map<TuningKey, List<Outcome>> entries) {
    int end = line.indexOf(TAB);
    String rest = line.substring(end + 1);
    if (end < 0 || !line.substring(0, end).equals(sum(rest))) {
      throw new IllegalArgumentException("the checksum differs");
    }
    List<String> fields = Arrays.stream(rest.split(TAB, -1)).map(TuningLines::unescaped).toList();
    if (fields.size() <= KEY_FIELDS) {
      throw new IllegalArgumentException("no candidates");
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (String field : fields.subList(KEY_FIELDS, fields.size())) {
      outcomes.add(outcome(field));
    }
    entries.put(new TuningKey(fields.get(0), fields.get(1), fields.get(2)), List.copyOf(outcomes));
  }

  private static Outcome outcome(String field) {
    int equals = field.indexOf('=');
    int bang = field.indexOf('!');
    if (bang >= 0 && (equals < 0 || bang < equals)) {
      return new Outcome.Wrong(field.substring(0, bang), field.substring(bang + 1));
    }
    if (equals < 0) {
      throw new IllegalArgumentException("neither a time nor a reason: " + field);
    }
    return new Outcome.Timed(
        field.substring(0, equals), Long.parseLong(field.substring(equals + 1)));
  }

  static String write(Map<TuningKey, List<Outcome>> entries) {
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    entries.forEach((key, outcomes) -> text.append(line(key, outcomes)).append('\n'));
    return text.toString();
  }

  private static String line(TuningKey key, List<Outcome> outcomes) {
    List<String> fields = new ArrayList<>(List.of(key.engine(), key.device(), key.step()));
    for (Outcome outcome : outcomes) {
      fields.add(
          switch (outcome) {
            case Outcome.Timed timed -> timed.algorithm() + "=" + timed.medianNanos();
            case Outcome.Wrong wrong -> wrong.algorithm() + "!" + wrong.reason();
            case Outcome.Failed failed ->
                throw new IllegalArgumentException("a failure is not stored: " + failed);
          });
    }
    String rest = String.join(TAB, fields.stream().map(TuningLines::escaped).toList());
    return sum(rest) + TAB + rest;
  }

  private static String sum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }

  private static String escaped(String field) {
    return field
        .replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\r", "\\r")
        .replace("\n", "\\n");
  }

  private static String unescaped(String field) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      if (++i == field.length()) {
        throw new IllegalArgumentException("a backslash with nothing behind it");
      }
      text.append(
          switch (field.charAt(i)) {
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'n' -> '\n';
            case '\\' -> '\\';
            default -> throw new IllegalArgumentException("\\" + field.charAt(i));
          });
    }
    return text.toString();
  }
}
