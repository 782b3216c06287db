// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the system refuses executable memory, which hardened ones do. */
final class RefusedCodeTest {
  @TempDir private Path folder;

  @BeforeEach
  void needsASystemThatRunsGeneratedCode() {
    Processor.require(Isa.AVX2);
  }

  private List<String> run(RefusalProbe.Moment moment) throws IOException, InterruptedException {
    List<String> flags = new ArrayList<>(FixedCode.FLAGS);
    flags.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    List<String> lines =
        ChildJvm.run(RefusalProbe.class, folder, flags, List.of(moment.name())).lines().stream()
            .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
            .toList();
    assumeFalse(lines.contains(RefusalProbe.UNKNOWN), "needs Linux 6.3 or newer");
    return lines;
  }

  @Test
  void theDeviceSaysSoOnceAndTheVectorTierRuns() throws IOException, InterruptedException {
    List<String> lines = run(RefusalProbe.Moment.BEFORE_THE_DEVICE_OPENS);
    assertEquals(2, lines.size(), lines::toString);
    assertTrue(
        lines
            .getFirst()
            .matches(
                "cpu: no machine code is generated, because mprotect of \\d+ bytes to 5 was refused"
                    + " by the system \\(errno 13\\)\\."),
        lines::toString);
    assertTrue(lines.get(1).startsWith("ran vector-"), lines::toString);
  }

  @Test
  void aPlanThatIsRefusedLaterFailsWithTheStepAndTheCause()
      throws IOException, InterruptedException {
    List<String> lines = run(RefusalProbe.Moment.BEFORE_THE_PLAN);
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(
        lines
            .getFirst()
            .matches(
                "failed cpu: step \\S+: mprotect of \\d+ bytes to 5 was refused by the system"
                    + " \\(errno 13\\)"),
        lines::toString);
  }
}
