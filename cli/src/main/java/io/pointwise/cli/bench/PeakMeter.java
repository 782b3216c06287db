// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.cpu.CpuDevice;
import io.pointwise.cpu.CpuPeak;
import io.pointwise.device.Device;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The FMA peak of the CPU device's cores, measured time and again during a run.
 *
 * <p>The threads of the device and those of the peak's loop are not the same, and both look for
 * work for a moment before they sleep. With several threads a measurement therefore waits before it
 * begins and after it has ended, else each would be slowed down by what the other leaves behind.
 */
final class PeakMeter implements AutoCloseable {
  /** Longer than threads without work stay awake. */
  private static final long SETTLE_NANOS = 150_000;

  /**
   * What was measured during the run.
   *
   * @param median 10⁹ operations a second of a core
   * @param best the largest
   */
  record Summary(double median, double best) {}

  private final int threads;
  private final DoubleSupplier source;
  private final Runnable closing;
  private final List<Double> samples = new ArrayList<>();

  /**
   * @param threads that run at a time
   * @param source measures 10⁹ operations a second of the mean thread
   * @param closing closes the source
   */
  PeakMeter(int threads, DoubleSupplier source, Runnable closing) {
    this.threads = threads;
    this.source = source;
    this.closing = closing;
  }

  /** A meter with the device's threads; null where no fast tier runs and for other devices. */
  static @Nullable PeakMeter open(Device device) {
    if (!(device instanceof CpuDevice cpu)) {
      return null;
    }
    return CpuPeak.open(cpu.threads())
        .map(peak -> new PeakMeter(cpu.threads(), peak::sample, peak::close))
        .orElse(null);
  }

  /** 10⁹ operations a second of a core, now. */
  double sample() {
    settle();
    double sample = source.getAsDouble();
    settle();
    samples.add(sample);
    return sample;
  }

  /** Of all samples so far, or null if there are none. */
  @Nullable Summary summary() {
    return samples.isEmpty()
        ? null
        : new Summary(Statistics.median(samples), Collections.max(samples));
  }

  private void settle() {
    if (threads == 1) {
      return;
    }
    long start = System.nanoTime();
    while (System.nanoTime() - start < SETTLE_NANOS) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    closing.run();
  }
}
