// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import static io.pointwise.cpu.vector.Lanes.LENGTH;
import static io.pointwise.cpu.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** 8 rows by 1 vector: 8 accumulators. */
final class Tile8x1 implements GemmTile {
  @Override
  public int rows() {
    return 8;
  }

  @Override
  public int vectors() {
    return 1;
  }

  @Override
  public void accumulate(
      float[] a, int aStart, float[] b, int bStart, float[] c, int cStart, int k) {
    int aAt = aStart;
    int bAt = bStart;
    FloatVector c00 = FloatVector.fromArray(SPECIES, c, cStart);
    FloatVector c10 = FloatVector.fromArray(SPECIES, c, cStart + LENGTH);
    FloatVector c20 = FloatVector.fromArray(SPECIES, c, cStart + 2 * LENGTH);
    FloatVector c30 = FloatVector.fromArray(SPECIES, c, cStart + 3 * LENGTH);
    FloatVector c40 = FloatVector.fromArray(SPECIES, c, cStart + 4 * LENGTH);
    FloatVector c50 = FloatVector.fromArray(SPECIES, c, cStart + 5 * LENGTH);
    FloatVector c60 = FloatVector.fromArray(SPECIES, c, cStart + 6 * LENGTH);
    FloatVector c70 = FloatVector.fromArray(SPECIES, c, cStart + 7 * LENGTH);
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt]);
      c00 = a0.fma(b0, c00);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aAt + 1]);
      c10 = a1.fma(b0, c10);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[aAt + 2]);
      c20 = a2.fma(b0, c20);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[aAt + 3]);
      c30 = a3.fma(b0, c30);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[aAt + 4]);
      c40 = a4.fma(b0, c40);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[aAt + 5]);
      c50 = a5.fma(b0, c50);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[aAt + 6]);
      c60 = a6.fma(b0, c60);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[aAt + 7]);
      c70 = a7.fma(b0, c70);
      aAt += 8;
      bAt += LENGTH;
    }
    c00.intoArray(c, cStart);
    c10.intoArray(c, cStart + LENGTH);
    c20.intoArray(c, cStart + 2 * LENGTH);
    c30.intoArray(c, cStart + 3 * LENGTH);
    c40.intoArray(c, cStart + 4 * LENGTH);
    c50.intoArray(c, cStart + 5 * LENGTH);
    c60.intoArray(c, cStart + 6 * LENGTH);
    c70.intoArray(c, cStart + 7 * LENGTH);
  }
}
