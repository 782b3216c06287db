// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/**
 * Rough weights by which the planner compares ways to take a step. They need to be right only in
 * their order of magnitude.
 */
final class JitCost {
  /**
   * Bytes that memory moves in the time of a multiply-add: a core does about 50 of them in a
   * nanosecond and moves about 10 bytes.
   */
  private static final double BYTES_PER_MAC = 0.2;

  private JitCost() {}

  /** Multiply-adds as bytes of memory traffic. */
  static long bytes(double macs) {
    return (long) (macs * BYTES_PER_MAC);
  }

  /**
   * Multiply-adds that are done for lanes that do not exist.
   *
   * @param macs that are needed
   * @param used lanes' worth of elements
   */
  static double wasted(long macs, long used, int lanes) {
    long computed = Math.ceilDiv(used, (long) lanes) * lanes;
    return macs * ((double) computed / used - 1);
  }
}
