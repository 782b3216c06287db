// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UnitsTest {
  @Test
  void countsAreDecimal() {
    assertEquals("0", Units.count(0));
    assertEquals("999", Units.count(999));
    assertEquals("1.00 k", Units.count(1000));
    assertEquals("2.36 M", Units.count(2_359_296));
    assertEquals("161 M", Units.count(160_563_200));
  }

  @Test
  void bytesAreBinary() {
    assertEquals("512 B", Units.bytes(512));
    assertEquals("1.50 KiB", Units.bytes(1536));
    assertEquals("23.5 GiB", Units.bytes(25_276_502_016L));
  }

  @Test
  void timesPickTheirUnit() {
    assertEquals("750 ns", Units.time(750));
    assertEquals("12.3 µs", Units.time(12_300));
    assertEquals("1.00 ms", Units.time(999_600));
    assertEquals("90.0–110 µs", Units.timeRange(90_000, 110_000));
  }

  @Test
  void ratiosBelowOneAreFractions() {
    assertEquals("9.00×", Units.ratio(9));
    assertEquals("1.00×", Units.ratio(1));
    assertEquals("1/12.1", Units.ratio(1 / 12.1));
  }

  @Test
  void exactNumbersAreGrouped() {
    assertEquals("147,488", Units.exact(147_488));
  }
}
