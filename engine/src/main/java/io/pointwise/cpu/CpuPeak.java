// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu;

import io.pointwise.cpu.vector.FmaPeak;
import java.util.OptionalDouble;

/** The arithmetic peak of this machine as it is right now, to hold speeds against. */
public final class CpuPeak {
  private CpuPeak() {}

  /**
   * Measures how many FP32 operations a core does in a loop of independent fused multiply-adds.
   *
   * @param threads that run the loop at the same time, since cores slow each other down
   * @return 10⁹ operations a second of the mean thread (a fused multiply-add counts as two), or
   *     empty without the vector module
   */
  public static OptionalDouble gflopsPerThread(int threads) {
    return CpuTiers.hasVectorModule()
        ? OptionalDouble.of(FmaPeak.gflopsPerThread(threads))
        : OptionalDouble.empty();
  }
}
