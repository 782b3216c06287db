// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;

/**
 * The operands of a call of {@link TileKernel}.
 *
 * @param rows the operand of the rows
 * @param vectors the operand of the vectors
 * @param output before the call
 * @param bias without floats where the kernel reads none
 * @param residual the same
 */
record TileData(Extent rows, Extent vectors, Extent output, Extent bias, Extent residual) {
  /** What operands hold. */
  enum Numbers {
    /** Whole ones, so small that every sum is exact. */
    INTEGERS,
    REALS,
    /** Reals, and among them NaN and infinities. */
    SPECIAL;

    private DoubleSupplier from(SplittableRandom random) {
      return switch (this) {
        case INTEGERS -> () -> random.nextInt(-4, 5);
        case REALS -> random::nextGaussian;
        case SPECIAL -> () -> special(random);
      };
    }

    private static double special(SplittableRandom random) {
      return switch (random.nextInt(40)) {
        case 0 -> Double.NaN;
        case 1 -> Double.POSITIVE_INFINITY;
        case 2 -> Double.NEGATIVE_INFINITY;
        case 3 -> 0;
        case 4 -> -0.0;
        default -> random.nextGaussian();
      };
    }
  }

  static TileData of(TileTwin twin, Numbers numbers, SplittableRandom random) {
    DoubleSupplier source = numbers.from(random);
    TileKernel kernel = twin.kernel();
    // What stood in the output before must not matter to a kernel that does not start with it.
    boolean reads = kernel.start() == TileKernel.Start.OUTPUT;
    return new TileData(
        Extent.of(twin.rows(), source),
        Extent.of(twin.vectors(), source),
        Extent.of(twin.outputs(), reads ? source : () -> Double.NaN),
        Extent.of(twin.biases(), source),
        Extent.of(kernel.finish().residual() ? twin.outputs() : LongStream.empty(), source));
  }
}
