// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import jdk.incubator.vector.FloatVector;

/**
 * Dot products of some rows of weights with one or four rows of activations, all of them padded
 * with zeros to the same number of whole vectors. The order of a sum does not depend on how many
 * rows there are.
 */
final class DotProducts {
  /** Rows of weights at a time. */
  static final int OUTPUTS = 4;

  /** Rows of activations at a time, where there are several. */
  static final int ROWS = 4;

  /** Floats that {@link #four} and {@link #one} need behind what they write. */
  static final int SPARE = OUTPUTS * ROWS * Lanes.LENGTH;

  private DotProducts() {}

  /**
   * One row of activations: each sum to {@code sums[to + output]}.
   *
   * @param w weights from {@code at} on
   * @param width floats of a row
   * @param spare where in {@code sums} {@link #SPARE} floats may be written over
   */
  static void one(float[] w, int at, int width, float[] x, float[] sums, int to, int spare) {
    FloatVector s0 = FloatVector.zero(Lanes.SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = 0; i < width; i += Lanes.LENGTH) {
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, x, i);
      s0 = FloatVector.fromArray(Lanes.SPECIES, w, at + i).fma(v, s0);
      s1 = FloatVector.fromArray(Lanes.SPECIES, w, at + width + i).fma(v, s1);
      s2 = FloatVector.fromArray(Lanes.SPECIES, w, at + 2 * width + i).fma(v, s2);
      s3 = FloatVector.fromArray(Lanes.SPECIES, w, at + 3 * width + i).fma(v, s3);
    }
    s0.intoArray(sums, spare);
    s1.intoArray(sums, spare + Lanes.LENGTH);
    s2.intoArray(sums, spare + 2 * Lanes.LENGTH);
    s3.intoArray(sums, spare + 3 * Lanes.LENGTH);
    addLanes(sums, spare, to);
  }

  /**
   * Four rows of activations, one behind the other in {@code x}: the sums of row {@code r} to
   * {@code sums[to + r·step + output]}.
   */
  static void four(
      float[] w, int at, int width, float[] x, float[] sums, int to, int step, int spare) {
    FloatVector s00 = FloatVector.zero(Lanes.SPECIES);
    FloatVector s01 = s00;
    FloatVector s02 = s00;
    FloatVector s03 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s12 = s00;
    FloatVector s13 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s22 = s00;
    FloatVector s23 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    FloatVector s32 = s00;
    FloatVector s33 = s00;
    for (int i = 0; i < width; i += Lanes.LENGTH) {
      FloatVector w0 = FloatVector.fromArray(Lanes.SPECIES, w, at + i);
      FloatVector w1 = FloatVector.fromArray(Lanes.SPECIES, w, at + width + i);
      FloatVector w2 = FloatVector.fromArray(Lanes.SPECIES, w, at + 2 * width + i);
      FloatVector w3 = FloatVector.fromArray(Lanes.SPECIES, w, at + 3 * width + i);
      FloatVector x0 = FloatVector.fromArray(Lanes.SPECIES, x, i);
      s00 = w0.fma(x0, s00);
      s01 = w1.fma(x0, s01);
      s02 = w2.fma(x0, s02);
      s03 = w3.fma(x0, s03);
      FloatVector x1 = FloatVector.fromArray(Lanes.SPECIES, x, width + i);
      s10 = w0.fma(x1, s10);
      s11 = w1.fma(x1, s11);
      s12 = w2.fma(x1, s12);
      s13 = w3.fma(x1, s13);
      FloatVector x2 = FloatVector.fromArray(Lanes.SPECIES, x, 2 * width + i);
      s20 = w0.fma(x2, s20);
      s21 = w1.fma(x2, s21);
      s22 = w2.fma(x2, s22);
      s23 = w3.fma(x2, s23);
      FloatVector x3 = FloatVector.fromArray(Lanes.SPECIES, x, 3 * width + i);
      s30 = w0.fma(x3, s30);
      s31 = w1.fma(x3, s31);
      s32 = w2.fma(x3, s32);
      s33 = w3.fma(x3, s33);
    }
    s00.intoArray(sums, spare);
    s01.intoArray(sums, spare + Lanes.LENGTH);
    s02.intoArray(sums, spare + 2 * Lanes.LENGTH);
    s03.intoArray(sums, spare + 3 * Lanes.LENGTH);
    s10.intoArray(sums, spare + 4 * Lanes.LENGTH);
    s11.intoArray(sums, spare + 5 * Lanes.LENGTH);
    s12.intoArray(sums, spare + 6 * Lanes.LENGTH);
    s13.intoArray(sums, spare + 7 * Lanes.LENGTH);
    s20.intoArray(sums, spare + 8 * Lanes.LENGTH);
    s21.intoArray(sums, spare + 9 * Lanes.LENGTH);
    s22.intoArray(sums, spare + 10 * Lanes.LENGTH);
    s23.intoArray(sums, spare + 11 * Lanes.LENGTH);
    s30.intoArray(sums, spare + 12 * Lanes.LENGTH);
    s31.intoArray(sums, spare + 13 * Lanes.LENGTH);
    s32.intoArray(sums, spare + 14 * Lanes.LENGTH);
    s33.intoArray(sums, spare + 15 * Lanes.LENGTH);
    for (int row = 0; row < ROWS; row++) {
      addLanes(sums, spare + row * OUTPUTS * Lanes.LENGTH, to + row * step);
    }
  }

  /** In order: what reduceLanes adds first is left open, and differs between compilers. */
  private static void addLanes(float[] sums, int from, int to) {
    float t0 = 0;
    float t1 = 0;
    float t2 = 0;
    float t3 = 0;
    for (int lane = from; lane < from + Lanes.LENGTH; lane++) {
      t0 += sums[lane];
      t1 += sums[lane + Lanes.LENGTH];
      t2 += sums[lane + 2 * Lanes.LENGTH];
      t3 += sums[lane + 3 * Lanes.LENGTH];
    }
    sums[to] = t0;
    sums[to + 1] = t1;
    sums[to + 2] = t2;
    sums[to + 3] = t3;
  }
}
