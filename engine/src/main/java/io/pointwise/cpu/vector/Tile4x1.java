// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import static io.pointwise.cpu.vector.Lanes.LENGTH;
import static io.pointwise.cpu.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** 4 rows by 1 vector: 4 accumulators. */
final class Tile4x1 implements GemmTile {
  @Override
  public int rows() {
    return 4;
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
      aAt += 4;
      bAt += LENGTH;
    }
    c00.intoArray(c, cStart);
    c10.intoArray(c, cStart + LENGTH);
    c20.intoArray(c, cStart + 2 * LENGTH);
    c30.intoArray(c, cStart + 3 * LENGTH);
  }
}
