// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.alone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory this process has had at most, as Linux tells. */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";

  private static final Pattern SIZE = Pattern.compile("\\s*([0-9]{1,15}) kB\\s*");

  private ProcessMemory() {}

  /**
   * The most bytes that were resident at one time so far: of the JVM, its heap and all native
   * libraries.
   */
  static long peakBytes() {
    try {
      return peakBytes(Files.readAllLines(STATUS));
    } catch (IOException e) {
      throw new IllegalStateException(STATUS + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** From the lines of that file: {@code VmHWM: 123456 kB}. */
  static long peakBytes(List<String> lines) {
    for (String line : lines) {
      if (line.startsWith(PEAK)) {
        Matcher size = SIZE.matcher(line.substring(PEAK.length()));
        if (size.matches()) {
          return 1024 * Long.parseLong(size.group(1));
        }
        throw new IllegalStateException(STATUS + ": not understood: " + line);
      }
    }
    throw new IllegalStateException(STATUS + ": has no line " + PEAK);
  }
}
