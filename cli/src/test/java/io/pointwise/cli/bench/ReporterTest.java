// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.pointwise.cli.bench.BenchReport.Result;
import io.pointwise.device.DeviceInfo;
import io.pointwise.plan.Timing;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReporterTest {
  /** 64 · 64 · 16 · 16 multiply-accumulates. */
  private static final Workload LAYER = LayerSpecParser.parse("ic=64,ih=16,oc=64,k=1,bias=false");

  private static final long FLOPS = 2L * 64 * 64 * 16 * 16;

  private static final int THREADS = 2;

  private static Result report(Sampler.@Nullable Samples samples) {
    GroupResult.Row row =
        new GroupResult.Row(
            LAYER, "some-conv", 0, List.of(), new Verification(true, 0.0, 0.0, null), samples);
    GroupResult measured = new GroupResult(WorkloadGroup.of(LAYER), List.of(row), List.of());
    DeviceInfo device =
        new DeviceInfo("cpu", "cpu", DeviceInfo.Type.CPU, "a CPU", "us", "1.0", 1024, false);
    return new Reporter(device, THREADS, "fp32", null).report(measured).results().getFirst();
  }

  /** Nanoseconds of the layer at a speed of all threads. */
  private static double nanos(double gflops) {
    return FLOPS / gflops;
  }

  @Test
  void theFractionOfPeakIsTheMedianOfPairs() {
    List<Double> times = List.of(nanos(120), nanos(60), nanos(16), nanos(30), nanos(100));
    List<Double> peaks = List.of(100.0, 50.0, 20.0, 50.0, 50.0);
    List<Double> none = List.of(0.0, 0.0, 0.0, 0.0, 0.0);
    Result result = report(new Sampler.Samples(times, none, peaks));
    assertEquals(60, Objects.requireNonNull(result.gflops()), 1e-9);
    assertEquals(0.6, Objects.requireNonNull(result.fractionOfPeak()), 1e-12);
  }

  @Test
  void withoutAPeakThereIsNoFraction() {
    Sampler.Samples samples = new Sampler.Samples(List.of(1e6), List.of(0.0), List.of());
    assertNull(report(samples).fractionOfPeak());
    assertNull(report(null).fractionOfPeak());
  }

  @Test
  void aMachineThatOthersSlowDownDoesNotChangeTheFraction() {
    // Half of the time everything takes twice as long; the layer runs at a quarter of the peak.
    boolean[] slow = {false};
    long[] now = {0};
    long fastNanos = Math.round(nanos(0.25 * THREADS * 0.1));
    Sampler.Timed layer =
        () -> {
          long nanos = slow[0] ? 2 * fastNanos : fastNanos;
          now[0] += nanos;
          return new Timing(0, nanos, 0, List.of());
        };
    int[] samples = {0};
    Sampler sampler =
        new Sampler(
            new Effort(20, 0, true, 0),
            null,
            () -> {
              slow[0] = samples[0]++ % 4 >= 2;
              return slow[0] ? 0.05 : 0.1;
            },
            () -> now[0],
            () -> 0);
    Sampler.Samples measured = sampler.sample(List.of(layer)).getFirst();
    assertEquals(20, measured.peaks().size());
    assertEquals(0.25, Objects.requireNonNull(report(measured).fractionOfPeak()), 1e-6);
  }
}
