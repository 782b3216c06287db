// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.opencl.host.DeviceFacts;

/**
 * What one work-item of {@code conv_gemm.cl} computes, kept in registers: {@code channels} output
 * channels of {@code vectors} vectors of {@code lanes} positions.
 *
 * @param channels 1, 2, 4 or 8: few values, so that few programs are built
 * @param lanes 1, 4, 8 or 16: the widths of OpenCL's vectors that are in use
 * @param vectors 1 to 8
 */
record GemmTile(int channels, int lanes, int vectors) {
  /** The narrowest vector in use. */
  static final int LEAST_LANES = 4;

  private static final int MOST_CHANNELS = 8;

  /** What a tile costs besides, for each of its terms. */
  private static final double TILE_COST = 0.5;

  private static final int MOST_VECTORS = 8;

  /**
   * Vectors of sums; a machine with 32 registers has room for them and for what they are made of.
   */
  private static final int MOST_SUMS = 24;

  static GemmTile of(long ocPerGroup, long positions, DeviceFacts facts) {
    int channels = 1;
    while (channels < MOST_CHANNELS && channels < ocPerGroup) {
      channels *= 2;
    }
    int lanes = lanes(positions, facts);
    return new GemmTile(channels, lanes, lanes == 1 ? 1 : vectors(channels, lanes, positions));
  }

  /** The widest vector that the device likes and so many elements fill; 1 if none. */
  static int lanes(long elements, DeviceFacts facts) {
    int most = facts.floatLanes() >= 16 ? 16 : facts.floatLanes() >= 8 ? 8 : LEAST_LANES;
    for (int lanes = most; lanes >= LEAST_LANES; lanes /= 2) {
      if (elements >= lanes) {
        return lanes;
      }
    }
    return 1;
  }

  /** The number of vectors with the least work, what is computed twice included. */
  private static int vectors(int channels, int lanes, long positions) {
    int best = 1;
    double least = Double.POSITIVE_INFINITY;
    int most = (int) Math.min(positions / lanes, Math.min(MOST_VECTORS, MOST_SUMS / channels));
    for (int vectors = 1; vectors <= most; vectors++) {
      double work = new GemmTile(channels, lanes, vectors).cost(channels, positions);
      if (work < least) {
        best = vectors;
        least = work;
      }
    }
    return best;
  }

  /** Of all tiles for one product of each sum, in multiplications of vectors. */
  double cost(long ocPerGroup, long positions) {
    // A vector and a weight are each read once for all that they are multiplied with; a machine
    // does
    // about as many multiplications as reads at a time.
    double tile = TILE_COST + Math.max(channels * vectors, channels + vectors);
    return (double) Math.ceilDiv(positions, (long) positions())
        * Math.ceilDiv(ocPerGroup, (long) channels)
        * tile;
  }

  /** Positions of a tile. */
  int positions() {
    return lanes * vectors;
  }
}
