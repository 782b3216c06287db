// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import static io.pointwise.cpu.vector.Lanes.LENGTH;
import static io.pointwise.cpu.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** 8 rows by 3 vectors: 24 accumulators. */
final class Tile8x3 implements GemmTile {
  @Override
  public int rows() {
    return 8;
  }

  @Override
  public int vectors() {
    return 3;
  }

  @Override
  public void accumulate(
      float[] a, int aStart, float[] b, int bStart, float[] c, int cStart, int k) {
    int aAt = aStart;
    int bAt = bStart;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, cStart);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, cStart + LENGTH);
    FloatVector c02 = FloatVector.fromArray(SPECIES, c, cStart + 2 * LENGTH);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, cStart + 3 * LENGTH);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, cStart + 4 * LENGTH);
    FloatVector c12 = FloatVector.fromArray(SPECIES, c, cStart + 5 * LENGTH);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, cStart + 6 * LENGTH);
    FloatVector c21 = FloatVector.fromArray(SPECIES, c, cStart + 7 * LENGTH);
    FloatVector c22 = FloatVector.fromArray(SPECIES, c, cStart + 8 * LENGTH);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, cStart + 9 * LENGTH);
    FloatVector c31 = FloatVector.fromArray(SPECIES, c, cStart + 10 * LENGTH);
    FloatVector c32 = FloatVector.fromArray(SPECIES, c, cStart + 11 * LENGTH);
    FloatVector c40 = FloatVector.fromArray(SPECIES, c, cStart + 12 * LENGTH);
    FloatVector c41 = FloatVector.fromArray(SPECIES, c, cStart + 13 * LENGTH);
    FloatVector c42 = FloatVector.fromArray(SPECIES, c, cStart + 14 * LENGTH);
    FloatVector c50 = FloatVector.fromArray(SPECIES, c, cStart + 15 * LENGTH);
    FloatVector c51 = FloatVector.fromArray(SPECIES, c, cStart + 16 * LENGTH);
    FloatVector c52 = FloatVector.fromArray(SPECIES, c, cStart + 17 * LENGTH);
    FloatVector c60 = FloatVector.fromArray(SPECIES, c, cStart + 18 * LENGTH);
    FloatVector c61 = FloatVector.fromArray(SPECIES, c, cStart + 19 * LENGTH);
    FloatVector c62 = FloatVector.fromArray(SPECIES, c, cStart + 20 * LENGTH);
    FloatVector c70 = FloatVector.fromArray(SPECIES, c, cStart + 21 * LENGTH);
    FloatVector c71 = FloatVector.fromArray(SPECIES, c, cStart + 22 * LENGTH);
    FloatVector c72 = FloatVector.fromArray(SPECIES, c, cStart + 23 * LENGTH);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + LENGTH);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bAt + 2 * LENGTH);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aAt + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[aAt + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[aAt + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[aAt + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[aAt + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      c52 = a5.fma(b2, c52);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[aAt + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      c62 = a6.fma(b2, c62);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[aAt + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      c72 = a7.fma(b2, c72);
      aAt += 8;
      bAt += 3 * LENGTH;
    }
    c00.intoArray(c, cStart);
    c01.intoArray(c, cStart + LENGTH);
    c02.intoArray(c, cStart + 2 * LENGTH);
    c10.intoArray(c, cStart + 3 * LENGTH);
    c11.intoArray(c, cStart + 4 * LENGTH);
    c12.intoArray(c, cStart + 5 * LENGTH);
    c20.intoArray(c, cStart + 6 * LENGTH);
    c21.intoArray(c, cStart + 7 * LENGTH);
    c22.intoArray(c, cStart + 8 * LENGTH);
    c30.intoArray(c, cStart + 9 * LENGTH);
    c31.intoArray(c, cStart + 10 * LENGTH);
    c32.intoArray(c, cStart + 11 * LENGTH);
    c40.intoArray(c, cStart + 12 * LENGTH);
    c41.intoArray(c, cStart + 13 * LENGTH);
    c42.intoArray(c, cStart + 14 * LENGTH);
    c50.intoArray(c, cStart + 15 * LENGTH);
    c51.intoArray(c, cStart + 16 * LENGTH);
    c52.intoArray(c, cStart + 17 * LENGTH);
    c60.intoArray(c, cStart + 18 * LENGTH);
    c61.intoArray(c, cStart + 19 * LENGTH);
    c62.intoArray(c, cStart + 20 * LENGTH);
    c70.intoArray(c, cStart + 21 * LENGTH);
    c71.intoArray(c, cStart + 22 * LENGTH);
    c72.intoArray(c, cStart + 23 * LENGTH);
  }
}
