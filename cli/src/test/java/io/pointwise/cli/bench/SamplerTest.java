// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.plan.Timing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private long now;
  private final List<String> order = new ArrayList<>();

  private Sampler.Timed taking(String name, long nanos) {
    return () -> {
      order.add(name);
      now += nanos;
      return new Timing(1, nanos, 2, List.of());
    };
  }

  private Sampler sampler(Effort effort) {
    return new Sampler(effort, null, null, () -> now, () -> 0);
  }

  /** One that takes a millisecond to measure a peak, which is 1 more each time. */
  private Sampler sampler(Effort effort, @Nullable Runnable sweep) {
    AtomicInteger peaks = new AtomicInteger();
    DoubleSupplier peak =
        () -> {
          order.add("peak");
          now += 1_000_000;
          return peaks.incrementAndGet();
        };
    return new Sampler(effort, sweep, peak, () -> now, () -> 0);
  }

  private List<String> last(int count) {
    return order.subList(order.size() - count, order.size());
  }

  @Test
  void samplesThatAreAskedForAloneAreTakenExactly() {
    List<Sampler.Samples> all =
        sampler(Effort.of(false, 7, null)).sample(List.of(taking("a", 1_000_000)));
    assertEquals(7, all.getFirst().compute().size());
    assertEquals(1_000_000, Statistics.median(all.getFirst().compute()));
    assertEquals(3, Statistics.median(all.getFirst().transfer()));
    assertEquals(List.of(), all.getFirst().peaks());
  }

  @Test
  void rowsTakeTurns() {
    sampler(Effort.of(false, 3, null))
        .sample(List.of(taking("a", 1_000_000), taking("b", 2_000_000)));
    assertEquals(
        List.of("a", "b", "a", "b", "a", "b"), order.subList(order.size() - 6, order.size()));
  }

  @Test
  void shortRunsAreBatched() {
    sampler(Effort.of(false, 1, null)).sample(List.of(taking("warm", 100_000)));
    int before = order.size();
    sampler(new Effort(1, 0, true, 0)).sample(List.of(taking("a", 100_000)));
    int warmUps = 3 * 4;
    assertEquals(5, order.size() - before - warmUps + 4 * 2);
  }

  @Test
  void aSlowRowEndsEarlyUnlessItsSamplesWereAskedFor() {
    Sampler.Timed slow = taking("slow", 10_000_000_000L);
    Effort normal = Effort.of(false, null, null);
    assertEquals(5, sampler(normal).sample(List.of(slow)).getFirst().compute().size());
    Effort asked = Effort.of(false, 12, null);
    assertEquals(12, sampler(asked).sample(List.of(slow)).getFirst().compute().size());
  }

  @Test
  void theLeastTimeIsReached() {
    Effort effort = Effort.of(false, null, 0.1);
    Sampler.Samples samples = sampler(effort).sample(List.of(taking("a", 1_000_000))).getFirst();
    assertEquals(100, samples.compute().size());
  }

  @Test
  void coldRunsAreSweptOneByOne() {
    AtomicInteger sweeps = new AtomicInteger();
    Sampler sampler =
        new Sampler(Effort.of(false, 9, null), sweeps::incrementAndGet, null, () -> now, () -> 0);
    Sampler.Samples samples = sampler.sample(List.of(taking("a", 1000))).getFirst();
    assertEquals(9, sweeps.get());
    assertEquals(Collections.nCopies(9, 1000.0), samples.compute());
  }

  @Test
  void thePeakIsMeasuredBeforeEachSample() {
    List<Sampler.Samples> all =
        sampler(Effort.of(false, 2, null), null)
            .sample(List.of(taking("a", 10_000_000), taking("b", 20_000_000)));
    assertEquals(List.of("peak", "a", "peak", "b", "peak", "a", "peak", "b"), last(8));
    assertEquals(List.of(1.0, 3.0), all.get(0).peaks());
    assertEquals(List.of(2.0, 4.0), all.get(1).peaks());
  }

  @Test
  void aShortRunThatDoesNotCountFollowsThePeak() {
    sampler(Effort.of(false, 1, null), null).sample(List.of(taking("a", 250_000)));
    assertEquals(List.of("peak", "a", "a", "a"), last(4));
  }

  @Test
  void thePeakIsMeasuredBeforeTheSweep() {
    Sampler.Samples samples =
        sampler(Effort.of(false, 2, null), () -> order.add("sweep"))
            .sample(List.of(taking("a", 1000)))
            .getFirst();
    assertEquals(List.of("peak", "sweep", "a", "peak", "sweep", "a"), order);
    assertEquals(List.of(1.0, 2.0), samples.peaks());
  }

  @Test
  void measuringThePeakTakesNothingFromTheTimeOfARow() {
    Sampler.Samples samples =
        sampler(Effort.of(false, null, 0.1), null)
            .sample(List.of(taking("a", 1_000_000)))
            .getFirst();
    assertEquals(100, samples.compute().size());
    assertEquals(100, samples.peaks().size());
  }

  @Test
  void warmingUpGoesOnWhileItGetsFaster() {
    long[] nanos = {64_000_000};
    Sampler.Timed compiling =
        () -> {
          nanos[0] = Math.max(1_000_000, nanos[0] * 9 / 10);
          now += nanos[0];
          return new Timing(0, nanos[0], 0, List.of());
        };
    Sampler.Samples samples =
        sampler(Effort.of(false, 5, null)).sample(List.of(compiling)).getFirst();
    assertTrue(Statistics.median(samples.compute()) < 1_100_000);
  }

  @Test
  void warmingUpGoesOnWhileTheCompilerWorks() {
    long[] compiled = {0};
    Sampler.Timed timed = taking("a", 10_000_000);
    Sampler.Timed compiling =
        () -> {
          compiled[0] += order.size() < 100 ? 5_000_000 : 0;
          return timed.run();
        };
    new Sampler(Effort.of(false, 1, null), null, null, () -> now, () -> compiled[0])
        .sample(List.of(compiling));
    assertTrue(order.size() > 100, "runs: " + order.size());
    assertTrue(order.size() < 150, "runs: " + order.size());
  }
}
