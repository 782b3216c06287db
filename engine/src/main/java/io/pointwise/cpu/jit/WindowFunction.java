// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/** What a window makes of the elements under its taps. */
sealed interface WindowFunction {
  /**
   * {@code clamp(bias + Σ weight · x + residual)}, with weights and biases for each channel.
   *
   * @param finish what follows the sum
   */
  record Weighing(TileKernel.Finish finish) implements WindowFunction {}

  /** The largest, NaN if there is one, −∞ of nothing. */
  record Maximum() implements WindowFunction {}

  /**
   * The mean, 0 of nothing.
   *
   * @param padding whether taps in the padding count
   */
  record Mean(boolean padding) implements WindowFunction {}
}
