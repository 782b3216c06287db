// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that runs plans and opens devices does not grow. How many of each can be set with
 * {@code -Dpointwise.leak.runs} and {@code -Dpointwise.leak.openings}.
 */
final class LeakTest {
  private static final int RUNS = Integer.getInteger("pointwise.leak.runs", 10_000);
  private static final int OPENINGS = Integer.getInteger("pointwise.leak.openings", 150);

  @TempDir private Path folder;

  @BeforeEach
  void needsADeviceAndASystemThatCounts() {
    InstalledOpenCl.open(null).close();
    assumeTrue(ProcessState.canBeRead(), "needs Linux with glibc 2.33 or newer");
  }

  @Test
  void runsOfAPlanLeaveNothing() throws IOException, InterruptedException {
    assertEquals(List.of(), Leaks.of(LeakProbe.Work.RUNS, RUNS, folder).found());
  }

  @Test
  void devicesThatWereClosedLeaveNothing() throws IOException, InterruptedException {
    assertEquals(List.of(), Leaks.of(LeakProbe.Work.OPENINGS, OPENINGS, folder).found());
  }

  @Test
  void oneBufferARunIsFound() throws IOException, InterruptedException {
    Leaks leaks = Leaks.of(LeakProbe.Work.LEAKING_RUNS, 500, folder);
    assertTrue(
        leaks.found().stream().anyMatch(found -> found.startsWith("bytes of malloc")),
        leaks::toString);
    assertTrue(leaks.found().contains("left open: buffer 500"), leaks::toString);
  }
}
