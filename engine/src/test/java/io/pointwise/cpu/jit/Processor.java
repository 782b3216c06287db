// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What Linux says of the processor that tests run on. */
final class Processor {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  private Processor() {}

  /** Skips the test where generated code of this kind cannot run. */
  static void require(Isa isa) {
    assumeTrue(isX86Linux(), "needs Linux on x86-64");
    assumeTrue(has(isa), () -> "this processor or system has no " + isa);
  }

  static boolean isX86Linux() {
    return System.getProperty("os.name").equals("Linux")
        && Set.of("amd64", "x86_64").contains(System.getProperty("os.arch"))
        && Files.isReadable(CPUINFO);
  }

  /** Linux leaves a flag out where it does not save the registers. */
  static boolean has(Isa isa) {
    Set<String> flags = flags();
    return switch (isa) {
      case AVX512 ->
          has(Isa.AVX2) && flags.containsAll(Set.of("avx512f", "avx512dq", "avx512bw", "avx512vl"));
      case AVX2 -> flags.containsAll(Set.of("avx2", "fma"));
    };
  }

  private static Set<String> flags() {
    try {
      return Files.readAllLines(CPUINFO).stream()
          .filter(line -> line.startsWith("flags"))
          .limit(1)
          .flatMap(line -> Arrays.stream(line.replaceFirst(".*:", "").strip().split(" ", -1)))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
