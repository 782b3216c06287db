// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeakMeterTest {
  @Test
  void theSummaryIsOfAllSamples() {
    Iterator<Double> source = List.of(80.0, 40.0, 90.0, 20.0, 70.0).iterator();
    AtomicInteger closed = new AtomicInteger();
    try (PeakMeter meter = new PeakMeter(2, source::next, closed::incrementAndGet)) {
      assertNull(meter.summary());
      assertEquals(80, meter.sample());
      while (source.hasNext()) {
        meter.sample();
      }
      assertEquals(new PeakMeter.Summary(70, 90), meter.summary());
    }
    assertEquals(1, closed.get());
  }
}
