// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import static io.pointwise.cpu.vector.Lanes.LENGTH;
import static io.pointwise.cpu.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** 4 rows by 3 vectors: 12 accumulators. */
final class Tile4x3 implements GemmTile {
  @Override
  public int rows() {
    return 4;
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
      aAt += 4;
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
  }
}
