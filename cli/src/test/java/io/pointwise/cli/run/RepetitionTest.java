// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RepetitionTest {
  private long now;

  @Test
  void latencyIsOfRunsAndThroughputOfImages() {
    Repetition repetition = new Repetition(() -> now);
    long[] nanos = {100, 300, 200};
    int[] run = {0};
    repetition.time(3, 4, () -> now += nanos[run[0]++]);
    assertEquals(new RunReport.LatencyJson(200, 120, 280, 3), repetition.latency());
    // Twelve images in 600 ns.
    assertEquals(2e7, repetition.throughput(), 1e-3);
  }
}
