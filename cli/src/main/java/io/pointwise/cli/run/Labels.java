// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import io.pointwise.cli.output.TextFile;
import io.pointwise.cli.output.UserFile;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Names of classes.
 *
 * @param names by number
 */
record Labels(List<String> names) {
  private static final Pattern NUMBERED = Pattern.compile("([0-9]+)\\s*[,:;\\t ]\\s*");

  Labels {
    names = List.copyOf(names);
  }

  /** Reads one name a line. Where every line begins with its number from 0, that is left out. */
  static Labels read(String file) {
    List<String> lines = TextFile.read(file).stripTrailing().lines().map(String::strip).toList();
    if (lines.isEmpty()) {
      throw UserFile.unreadable(file, "it is empty");
    }
    boolean numbered = IntStream.range(0, lines.size()).allMatch(i -> isNumbered(lines.get(i), i));
    return new Labels(
        numbered
            ? lines.stream().map(line -> NUMBERED.matcher(line).replaceFirst("")).toList()
            : lines);
  }

  private static boolean isNumbered(String line, int number) {
    var matcher = NUMBERED.matcher(line);
    return matcher.lookingAt() && matcher.group(1).equals(String.valueOf(number));
  }
}
