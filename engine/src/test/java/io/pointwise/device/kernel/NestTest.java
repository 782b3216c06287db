// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Loops are joined where they go on evenly, and nowhere else. */
final class NestTest {
  @Test
  void loopsThatGoOnEvenlyAreOne() {
    Nest nest = new Nest(2).loop(2, 12, 12).loop(3, 4, 4).loop(4, 1, 1);
    assertEquals(1, nest.rank());
    assertEquals(List.of(24L, 1L, 1L), nest.table());
  }

  @Test
  void oneOperandThatStretchesKeepsLoopsApart() {
    Nest nest = new Nest(2).loop(2, 12, 0).loop(3, 4, 4).loop(4, 1, 1);
    assertEquals(List.of(2L, 12L, 12L, 1L, 0L, 1L), nest.table());
    assertEquals(24, nest.turns());
  }

  @Test
  void loopsOfOneTurnAreDropped() {
    Nest nest = new Nest(1).loop(1, 99).loop(5, -3).loop(1, 7);
    assertEquals(List.of(5L, -3L), nest.table());
  }

  @Test
  void noLoopIsOneTurn() {
    assertEquals(List.of(1L, 0L, 0L), new Nest(2).table());
    assertEquals(1, new Nest(2).turns());
    assertEquals(1, new Nest(2).rank());
  }
}
