// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Sliding-window kernels over one rearranged channel ({@link WindowPlanes}), four vectors of
 * positions at a time: enough independent sums to hide the latency of an addition.
 */
final class PlaneKernels {
  /** Positions that one step computes. */
  static final int STEP = 4 * Lanes.LENGTH;

  private PlaneKernels() {}

  /**
   * {@code sums[j] = Σ w[t] · plane[j + tap t]} for positions 0 to {@code positions}, rounded up to
   * whole steps.
   */
  static void weigh(
      MemorySegment memory,
      long base,
      long[] taps,
      float[] weights,
      int firstWeight,
      float[] sums,
      int positions) {
    for (int j = 0; j < positions; j += STEP) {
      weighStep(memory, base + (long) j * Float.BYTES, taps, weights, firstWeight, sums, j);
    }
  }

  private static void weighStep(
      MemorySegment memory,
      long base,
      long[] taps,
      float[] weights,
      int firstWeight,
      float[] sums,
      int j) {
    FloatVector s0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int t = 0; t < taps.length; t++) {
      long at = base + taps[t];
      FloatVector w = FloatVector.broadcast(Lanes.SPECIES, weights[firstWeight + t]);
      s0 = FloatVector.fromMemorySegment(Lanes.SPECIES, memory, at, Lanes.ORDER).fma(w, s0);
      s1 =
          FloatVector.fromMemorySegment(Lanes.SPECIES, memory, at + Lanes.BYTES, Lanes.ORDER)
              .fma(w, s1);
      s2 =
          FloatVector.fromMemorySegment(Lanes.SPECIES, memory, at + 2 * Lanes.BYTES, Lanes.ORDER)
              .fma(w, s2);
      s3 =
          FloatVector.fromMemorySegment(Lanes.SPECIES, memory, at + 3 * Lanes.BYTES, Lanes.ORDER)
              .fma(w, s3);
    }
    s0.intoArray(sums, j);
    s1.intoArray(sums, j + Lanes.LENGTH);
    s2.intoArray(sums, j + 2 * Lanes.LENGTH);
    s3.intoArray(sums, j + 3 * Lanes.LENGTH);
  }

  /** {@code sums[j] = Σ plane[j + tap t]}. */
  static void sum(MemorySegment memory, long base, long[] taps, float[] sums, int positions) {
    for (int j = 0; j < positions; j += STEP) {
      sumStep(memory, base + (long) j * Float.BYTES, taps, sums, j);
    }
  }

  private static void sumStep(MemorySegment memory, long base, long[] taps, float[] sums, int j) {
    FloatVector s0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (long tap : taps) {
      long at = base + tap;
      s0 = s0.add(FloatVector.fromMemorySegment(Lanes.SPECIES, memory, at, Lanes.ORDER));
      s1 =
          s1.add(
              FloatVector.fromMemorySegment(Lanes.SPECIES, memory, at + Lanes.BYTES, Lanes.ORDER));
      s2 =
          s2.add(
              FloatVector.fromMemorySegment(
                  Lanes.SPECIES, memory, at + 2 * Lanes.BYTES, Lanes.ORDER));
      s3 =
          s3.add(
              FloatVector.fromMemorySegment(
                  Lanes.SPECIES, memory, at + 3 * Lanes.BYTES, Lanes.ORDER));
    }
    s0.intoArray(sums, j);
    s1.intoArray(sums, j + Lanes.LENGTH);
    s2.intoArray(sums, j + 2 * Lanes.LENGTH);
    s3.intoArray(sums, j + 3 * Lanes.LENGTH);
  }

  /** {@code sums[j] = max plane[j + tap t]}; NaN wins. */
  static void max(MemorySegment memory, long base, long[] taps, float[] sums, int positions) {
    for (int j = 0; j < positions; j += STEP) {
      maxStep(memory, base + (long) j * Float.BYTES, taps, sums, j);
    }
  }

  private static void maxStep(MemorySegment memory, long base, long[] taps, float[] sums, int j) {
    FloatVector s0 = FloatVector.broadcast(Lanes.SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (long tap : taps) {
      long at = base + tap;
      s0 = s0.max(FloatVector.fromMemorySegment(Lanes.SPECIES, memory, at, Lanes.ORDER));
      s1 =
          s1.max(
              FloatVector.fromMemorySegment(Lanes.SPECIES, memory, at + Lanes.BYTES, Lanes.ORDER));
      s2 =
          s2.max(
              FloatVector.fromMemorySegment(
                  Lanes.SPECIES, memory, at + 2 * Lanes.BYTES, Lanes.ORDER));
      s3 =
          s3.max(
              FloatVector.fromMemorySegment(
                  Lanes.SPECIES, memory, at + 3 * Lanes.BYTES, Lanes.ORDER));
    }
    s0.intoArray(sums, j);
    s1.intoArray(sums, j + Lanes.LENGTH);
    s2.intoArray(sums, j + 2 * Lanes.LENGTH);
    s3.intoArray(sums, j + 3 * Lanes.LENGTH);
  }

  /** {@code sums[j] /= divisors[j]}; both of a length that is a multiple of the step. */
  static void divide(float[] sums, float[] divisors, int positions) {
    for (int j = 0; j < positions; j += Lanes.LENGTH) {
      FloatVector s = FloatVector.fromArray(Lanes.SPECIES, sums, j);
      s.div(FloatVector.fromArray(Lanes.SPECIES, divisors, j)).intoArray(sums, j);
    }
  }
}
