// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

/**
 * The error of a sum of products plus bias, {@code y = b + Σ w·x}, evaluated in float32 in any
 * order, with or without fused multiply-adds.
 *
 * <p>A device holds {@code x̂} with {@code |x̂ − x| ≤ e}. Each product goes through at most K + 2
 * roundings: its own, and the additions of the other products, the bias and a residual. Hence
 * (Higham, section 3.1) {@code |ŷ − y| ≤ Σ|w|·e + γ_{K+2}(Σ|w|(|x| + e) + |b|)}. Written as a sum
 * over the spreads {@code e + γ(|x| + e)} of the inputs it needs one accumulator, see {@link
 * Field#readSpread}.
 *
 * <p>Where a batch norm may be folded into the weights, the device works with {@code ŵ = a·w(1 +
 * δ)} whose δ stands for the roundings of {@code a} and of the product: just more factors {@code (1
 * + δ)} on every term, so they are added to the index of γ.
 *
 * <p>In other precisions γ is larger, see {@link Rounding#ofProducts}; the bias is counted as a
 * product.
 */
final class SumError {
  private final double gamma;
  private final double flushed;

  SumError(long terms, Allowance allowance) {
    int foldRoundings = allowance.foldRoundings();
    this.gamma = Rounding.ofProducts(terms + 2 + foldRoundings, allowance.precision());
    this.flushed = Rounding.flushed(terms + 2 + foldRoundings);
  }

  double gamma() {
    return gamma;
  }

  /** For the sum over {@code |w|} times the spread of x, and the bias. */
  double of(double spread, double bias) {
    return spread + gamma * Math.abs(bias) + flushed;
  }
}
