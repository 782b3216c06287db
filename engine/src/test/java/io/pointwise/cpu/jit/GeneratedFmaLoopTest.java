// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The loop that the arithmetic peak is measured with. */
final class GeneratedFmaLoopTest {
  @ParameterizedTest
  @EnumSource
  void doesEveryMultiplyAddThatItCounts(Isa isa) throws Posix.Refused {
    Processor.require(isa);
    try (Arena arena = Arena.ofConfined()) {
      // It fails itself where a lane of a chain has not got a 1 for every turn.
      double rate = GeneratedFmaLoop.make(isa, arena).getAsDouble();
      assertTrue(rate > 0 && rate < Double.MAX_VALUE, () -> rate + " GFLOP/s");
    }
  }
}
