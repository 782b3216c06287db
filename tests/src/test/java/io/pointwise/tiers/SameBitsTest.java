// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tiers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * A plan gives the same bits whether its kernels are interpreted, as in its first runs, or
 * compiled, as later: a JVM that only interprets says what they must be.
 */
final class SameBitsTest {
  /** Enough for the compiler to be done with every kernel of the network. */
  private static final int RUNS = 3000;

  @Test
  void compiledKernelsGiveTheBitsOfInterpretedOnes() throws IOException, InterruptedException {
    String interpreted = interpreted();
    try (SameBitsNetwork network = new SameBitsNetwork()) {
      for (int run = 0; run < RUNS; run++) {
        int number = run;
        assertEquals(interpreted, network.bits(), () -> "run " + number);
      }
    }
  }

  private static String interpreted() throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xint",
                "--add-modules=jdk.incubator.vector",
                "-cp",
                classPath,
                SameBitsNetwork.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String bits = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, java.waitFor(), "exit status of the interpreting JVM");
    return bits.strip();
  }
}
