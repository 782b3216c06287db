// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README shows is what compiles and runs. */
final class ReadmeTest {
  private static final Path ROOT = Path.of("..");
  private static final Path SOURCE = Path.of("src/test/java/io/pointwise/examples/RunNetwork.java");

  @Test
  void theExampleGivesProbabilities() {
    float[] scores = RunNetwork.classify(new float[28 * 28]);
    double sum = 0;
    for (float score : scores) {
      sum += score;
    }
    assertEquals(10, scores.length);
    // Ten roundings of a quotient and nine of the sum, each at most 2⁻²⁴ of at most 1.
    assertEquals(1, sum, 19 * Math.scalb(1.0, -24));
  }

  @Test
  void theReadmeShowsTheExampleAsItIs() throws IOException {
    String[] parts = Files.readString(SOURCE).split("    // README\n", -1);
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertEquals(3, parts.length);
    assertTrue(readme.contains(parts[1]), "README.md does not hold the example of " + SOURCE);
  }
}
