// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.Workers;
import io.pointwise.device.Algorithm;
import java.util.List;

/** The algorithms of the vector tier, in order of preference. */
public final class VectorTier {
  private VectorTier() {}

  public static List<Algorithm> algorithms(Workers workers) {
    return List.of(
        new VectorLinear(workers),
        new VectorConvolution(true, workers),
        new VectorDepthwise(workers),
        new VectorConvolution(false, workers),
        new VectorConvTranspose(workers),
        new VectorMatMul(workers),
        new VectorPool(workers),
        new VectorPoolIndices(workers),
        new VectorGlobalPool(workers),
        new VectorActivation(workers),
        new VectorSoftmax(workers),
        new VectorBatchNorm(workers),
        new VectorLrn(workers),
        new VectorConcat(workers),
        new VectorCopy(workers),
        new VectorPad(workers),
        new VectorGather(workers),
        new VectorGatherElements(workers),
        new VectorArithmetic(workers),
        new VectorWhere(workers),
        new VectorResize(workers),
        new VectorReduce(workers),
        new VectorArgReduce(workers),
        new VectorGroupNorm(workers));
  }

  /** Bits of a vector. */
  public static int vectorBits() {
    return Lanes.SPECIES.vectorBitSize();
  }
}
