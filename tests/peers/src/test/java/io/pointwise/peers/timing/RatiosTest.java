// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatiosTest {
  @Test
  void dividesWithinTheRound() {
    assertEquals(List.of(2.0, 0.5), Ratios.paired(List.of(4.0, 3.0), List.of(2.0, 6.0)));
  }

  @Test
  void refusesSamplesThatAreNoPairs() {
    assertThrows(
        IllegalArgumentException.class, () -> Ratios.paired(List.of(1.0, 2.0), List.of(1.0)));
  }

  @Test
  void twiceAsFastAndTwiceAsSlowAreEqualOnAverage() {
    assertEquals(1, Ratios.geometricMean(List.of(2.0, 0.5)), 1e-15);
    assertEquals(4, Ratios.geometricMean(List.of(2.0, 8.0)), 1e-15);
  }

  @Test
  void aTimeThatIsNotToldGivesNoRatio() {
    assertTrue(Ratios.paired(List.of(Double.NaN), List.of(1.0)).getFirst().isNaN());
  }
}
