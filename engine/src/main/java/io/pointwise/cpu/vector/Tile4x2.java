// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import static io.pointwise.cpu.vector.Lanes.LENGTH;
import static io.pointwise.cpu.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** 4 rows by 2 vectors: 8 accumulators. */
final class Tile4x2 implements GemmTile {
  @Override
  public int rows() {
    return 4;
  }

  @Override
  public int vectors() {
    return 2;
  }

  @Override
  public void accumulate(
      float[] a, int aStart, float[] b, int bStart, float[] c, int cStart, int k) {
    int aAt = aStart;
    int bAt = bStart;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, cStart);
    FloatVector c01 = FloatVector.fromArray(SPECIES, c, cStart + LENGTH);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, cStart + 2 * LENGTH);
    FloatVector c11 = FloatVector.fromArray(SPECIES, c, cStart + 3 * LENGTH);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, cStart + 4 * LENGTH);
    FloatVector c21 = FloatVector.fromArray(SPECIES, c, cStart + 5 * LENGTH);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, cStart + 6 * LENGTH);
    FloatVector c31 = FloatVector.fromArray(SPECIES, c, cStart + 7 * LENGTH);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + LENGTH);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aAt + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[aAt + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[aAt + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      aAt += 4;
      bAt += 2 * LENGTH;
    }
    c00.intoArray(c, cStart);
    c01.intoArray(c, cStart + LENGTH);
    c10.intoArray(c, cStart + 2 * LENGTH);
    c11.intoArray(c, cStart + 3 * LENGTH);
    c20.intoArray(c, cStart + 4 * LENGTH);
    c21.intoArray(c, cStart + 5 * LENGTH);
    c30.intoArray(c, cStart + 6 * LENGTH);
    c31.intoArray(c, cStart + 7 * LENGTH);
  }
}
