// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static List<Double> list(double... values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static double median(double... values) {
    return Statistics.median(list(values));
  }

  @Test
  void theMedianIsTheMiddle() {
    assertEquals(3, median(5, 1, 3));
    assertEquals(2.5, median(4, 1, 3, 2));
    assertEquals(7, median(7));
  }

  @Test
  void percentilesInterpolateBetweenTheClosestRanks() {
    List<Double> values = list(11, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertEquals(2, Statistics.percentile(10, values));
    assertEquals(10, Statistics.percentile(90, values));
    assertEquals(1.4, Statistics.percentile(10, list(1, 5)), 1e-12);
    assertEquals(4.6, Statistics.percentile(90, list(1, 5)), 1e-12);
    assertEquals(1, Statistics.percentile(0, values));
    assertEquals(11, Statistics.percentile(100, values));
  }

  @Test
  void theSampleKeepsItsOrder() {
    List<Double> values = list(3, 1, 2);
    assertEquals(2, Statistics.median(values));
    assertEquals(list(3, 1, 2), values);
  }

  @Test
  void pairedRatiosCancelDrift() {
    List<Double> slow = list(20, 40, 80, 160);
    List<Double> fast = list(10, 20, 40, 80);
    assertEquals(2, Statistics.pairedRatio(slow, fast));
  }

  @Test
  void anEmptySampleHasNoMedian() {
    assertThrows(IllegalArgumentException.class, () -> Statistics.median(List.of()));
  }
}
