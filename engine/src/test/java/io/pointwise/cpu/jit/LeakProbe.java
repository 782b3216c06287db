// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.device.Device;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens and closes plans over and over and says from time to time what the process holds; a program
 * of its own, so that nothing else is counted. {@link LeakTest} starts it.
 */
final class LeakProbe {
  /** Times that it says so. */
  static final int SAMPLES = 25;

  private static final Path ROLLUP = Path.of("/proc/self/smaps_rollup");

  /** What is done over and over. */
  enum Work {
    /** Planning a 1×1 layer on the CPU device, a run, closing. */
    PLANS,
    /** The same, after which a page of code is left: what the first must not look like. */
    LEAKING_PLANS
  }

  private LeakProbe() {}

  /** Begins here, with a {@link Work} and how often. */
  public static void main(String[] args) throws IOException, Posix.Refused {
    Work work = Work.valueOf(args[0]);
    int turns = Integer.parseInt(args[1]);
    String algorithm = "";
    try (Device device = PointwisePlan.device()) {
      for (int turn = 1; turn <= turns; turn++) {
        algorithm = PointwisePlan.run(device);
        if (work == Work.LEAKING_PLANS) {
          leak();
        }
        if (turn % (turns / SAMPLES) == 0) {
          System.out.println(line());
        }
      }
    }
    System.out.println("ran " + algorithm);
  }

  private static void leak() throws Posix.Refused {
    CodeRegion.Builder builder = new CodeRegion.Builder();
    builder.add(new byte[] {(byte) 0xC3});
    builder.build(Arena.global());
    // A neighbour of another kind, or all regions would be one mapping.
    Posix.map(1, Arena.global());
  }

  /** Mappings of generated code, all mappings, and bytes of resident memory of no file. */
  private static String line() throws IOException {
    MemoryMaps maps = MemoryMaps.read();
    long anonymous =
        Files.readAllLines(ROLLUP).stream()
            .filter(line -> line.startsWith("Anonymous:"))
            .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElseThrow();
    return maps.generated().count() + " " + maps.mappings().size() + " " + anonymous;
  }
}
