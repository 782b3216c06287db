// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu;

import io.pointwise.cpu.vector.FmaPeak;
import java.util.Optional;

/**
 * The arithmetic peak of this machine as it is right now, to hold speeds against: how many FP32
 * operations a core does in a loop of independent fused multiply-adds, a fused multiply-add
 * counting as two.
 *
 * <p>On a machine that others use as well the peak moves from one moment to the next; {@link
 * #sample} is short, so that it can be taken between the samples of what is measured.
 */
public final class CpuPeak implements AutoCloseable {
  private final FmaPeak loop;

  private CpuPeak(FmaPeak loop) {
    this.loop = loop;
  }

  /**
   * Makes the loop ready, which takes some tenths of a second until the compiler is done with it.
   *
   * @param threads that run the loop at the same time, since cores slow each other down
   * @return empty where the vector tier does not run
   */
  public static Optional<CpuPeak> open(int threads) {
    return CpuTiers.vectorObstacle() == null
        ? Optional.of(new CpuPeak(new FmaPeak(threads)))
        : Optional.empty();
  }

  /** 10⁹ operations a second of the mean thread, measured in well under a millisecond. */
  public double sample() {
    return loop.gflopsPerThread();
  }

  @Override
  public void close() {
    loop.close();
  }
}
