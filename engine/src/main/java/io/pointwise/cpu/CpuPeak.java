// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu;

import io.pointwise.cpu.jit.GeneratedFmaLoop;
import io.pointwise.cpu.vector.FmaPeak;
import java.lang.foreign.Arena;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/**
 * The arithmetic peak of this machine as it is right now, to hold speeds against: how many FP32
 * operations a core does in a loop of independent fused multiply-adds, a fused multiply-add
 * counting as two.
 *
 * <p>On a machine that others use as well the peak moves from one moment to the next; {@link
 * #sample} is short, so that it can be taken between the samples of what is measured.
 */
public final class CpuPeak implements AutoCloseable {
  private final Workers workers;
  private final Arena arena;
  private final DoubleSupplier loop;
  private final double[] rates;

  private CpuPeak(int threads, Arena arena, DoubleSupplier loop) {
    this.workers = new Workers(threads);
    this.arena = arena;
    this.loop = loop;
    this.rates = new double[threads];
  }

  /**
   * Makes the loop ready: as machine code where that is generated; else by the vector tier, where
   * it takes some tenths of a second until the compiler is done with it.
   *
   * @param threads that run the loop at the same time, since cores slow each other down
   * @return empty where neither tier runs
   */
  public static Optional<CpuPeak> open(int threads) {
    Arena arena = Arena.ofShared();
    Optional<DoubleSupplier> loop = GeneratedFmaLoop.make(arena).map(made -> made);
    if (loop.isEmpty() && CpuTiers.vectorObstacle() == null) {
      loop = Optional.of(new FmaPeak());
    }
    if (loop.isEmpty()) {
      arena.close();
    }
    return loop.map(each -> new CpuPeak(threads, arena, each));
  }

  /** 10⁹ operations a second of the mean thread, measured in well under a millisecond. */
  public double sample() {
    workers.run(rates.length, thread -> rates[thread] = loop.getAsDouble());
    return DoubleStream.of(rates).average().orElse(0);
  }

  @Override
  public void close() {
    workers.close();
    arena.close();
  }
}
