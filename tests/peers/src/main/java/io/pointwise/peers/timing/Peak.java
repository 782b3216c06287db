// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.timing;

import io.pointwise.cpu.CpuPeak;
import java.util.Optional;

/**
 * The FMA peak of the machine as it is right now, with one thread at work and with as many as the
 * contestants have: cores slow each other down.
 */
public final class Peak implements AutoCloseable {
  /**
   * 10⁹ operations a second of a core.
   *
   * @param oneThread with one thread at work
   * @param allThreads mean of the threads when all are at work
   */
  public record Sample(double oneThread, double allThreads) {}

  private final CpuPeak one;
  private final CpuPeak all;

  private Peak(CpuPeak one, CpuPeak all) {
    this.one = one;
    this.all = all;
  }

  /**
   * Makes the loops ready.
   *
   * @return empty where the vector tier does not run
   */
  public static Optional<Peak> open(int threads) {
    Optional<CpuPeak> one = CpuPeak.open(1);
    if (one.isEmpty() || threads == 1) {
      return one.map(loop -> new Peak(loop, loop));
    }
    try {
      return CpuPeak.open(threads).map(all -> new Peak(one.get(), all));
    } catch (RuntimeException | Error e) {
      one.get().close();
      throw e;
    }
  }

  /** Takes well under a millisecond. */
  public Sample sample() {
    double oneThread = one.sample();
    return new Sample(oneThread, all == one ? oneThread : all.sample());
  }

  @Override
  public void close() {
    one.close();
    if (all != one) {
      all.close();
    }
  }
}
