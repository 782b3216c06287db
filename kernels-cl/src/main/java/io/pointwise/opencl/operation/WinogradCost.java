// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.layer.ConvSpec;
import io.pointwise.opencl.host.DeviceFacts;

/**
 * What a 3×3 convolution costs a CPU by either formula, in multiplications of vectors: enough to
 * tell which is faster. Found by measuring layers with PoCL on a core with vectors of 512 bits.
 */
final class WinogradCost {
  /** Of a float that is read from memory that no cache near a core holds: weights, once. */
  private static final double READ = 0.25;

  /** Of a float that is rearranged: read and written one by one. */
  private static final double REARRANGE = 0.5;

  /** Of an output that is stored by itself. */
  private static final double STORE = 1.5;

  /** Of a vector that is read or written by a transform. */
  private static final double TRANSFORM = 5;

  private WinogradCost() {}

  /** Of the sum of the definition. */
  static double direct(ConvSpec spec, DeviceFacts facts) {
    Planes planes = Planes.of(spec);
    return gemm(Gemm.of(planes), facts) + REARRANGE * planes.elements();
  }

  static double of(WinogradConvolving.Tiles tiles, DeviceFacts facts) {
    ConvSpec spec = tiles.spec();
    int lanes = GemmTile.lanes(tiles.positions(), facts);
    double vectors =
        (double) spec.n()
            * (spec.ic() + spec.oc())
            * Math.ceilDiv(tiles.positions(), (long) lanes)
            * tiles.formula().products();
    return gemm(tiles.gemm(), facts)
        + REARRANGE * tiles.planes().elements()
        + TRANSFORM * vectors
        + STORE * spec.output().elements();
  }

  private static double gemm(Gemm gemm, DeviceFacts facts) {
    GemmTile tile = gemm.tile(facts);
    double weights = (double) gemm.groups() * gemm.oc() * gemm.reduction();
    return (double) gemm.images()
            * gemm.groups()
            * gemm.reduction()
            * tile.cost(gemm.oc(), gemm.positions())
        + READ * weights;
  }
}
