// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ToleranceTest {
  private final Tolerance tolerance = new Tolerance(0.5, 0.25);

  @Test
  void theBoundGrowsWithTheExpectedNumber() {
    // 0.25 + 0.5 · 4.
    assertTrue(tolerance.allows(6.25, 4));
    assertTrue(tolerance.allows(1.75, 4));
    assertFalse(tolerance.allows(6.5, 4));
    assertFalse(tolerance.allows(1.5, 4));
    assertTrue(tolerance.allows(-6.25, -4));
    assertTrue(tolerance.allows(0.25, 0));
    assertFalse(tolerance.allows(0.5, 0));
  }

  @Test
  void notANumberEqualsOnlyItself() {
    assertTrue(tolerance.allows(Double.NaN, Double.NaN));
    assertFalse(tolerance.allows(Double.NaN, 1));
    assertFalse(tolerance.allows(1, Double.NaN));
    assertFalse(tolerance.allows(Double.POSITIVE_INFINITY, Double.NaN));
  }

  @Test
  void infinitiesEqualOnlyThemselves() {
    assertTrue(tolerance.allows(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
    assertFalse(tolerance.allows(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    assertFalse(tolerance.allows(1e300, Double.POSITIVE_INFINITY));
    assertFalse(tolerance.allows(Double.POSITIVE_INFINITY, 1e300));
  }

  @Test
  void zerosAreEqualWhateverTheirSigns() {
    assertTrue(new Tolerance(0, 0).allows(-0.0, 0.0));
  }
}
