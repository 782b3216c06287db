// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** On a clock of its own. */
class QuietTest {
  private long now;

  /** When the process stops using one core. */
  private long busyUntil;

  @Test
  void waitsUntilThreadsThatSpinAreDone() {
    busyUntil = 100_000_000;

    assertTrue(quiet().await());
    assertEquals(120_000_000, now);
  }

  @Test
  void isSoonDoneWithAProcessThatIsQuiet() {
    assertTrue(quiet().await());
    assertEquals(20_000_000, now);
  }

  @Test
  void tellsOfThreadsThatNeverRest() {
    busyUntil = Long.MAX_VALUE;

    assertFalse(quiet().await());
    assertEquals(1_000_000_000, now);
  }

  private Quiet quiet() {
    return new Quiet(() -> now, () -> Math.min(now, busyUntil), nanos -> now += nanos);
  }
}
