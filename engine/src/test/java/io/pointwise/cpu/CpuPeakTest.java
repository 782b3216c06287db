// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cpu.vector.FmaPeak;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arithmetic peak is measured, on any number of threads and by either tier. */
final class CpuPeakTest {
  private static void requireRate(double rate) {
    assertTrue(rate > 0 && rate < Double.MAX_VALUE, () -> rate + " GFLOP/s");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void isMeasuredTimeAndAgain(int threads) {
    try (CpuPeak peak = CpuPeak.open(threads).orElseThrow()) {
      for (int sample = 0; sample < 3; sample++) {
        requireRate(peak.sample());
      }
    }
  }

  @Test
  void isMeasuredByTheVectorTierToo() {
    requireRate(new FmaPeak().getAsDouble());
  }
}
