// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import java.util.Collections;
import java.util.List;

/**
 * How a device may deviate from computing layer after layer, as far as it matters for the error: a
 * planner may fold a batch norm into the weights before it, and may add a residual within the sum
 * of a convolution.
 *
 * @param folds batch norms behind this operation that may be folded into its weights
 * @param terms for each operand, the products of the convolution in whose sum this operation may be
 *     done; 0 for none
 */
public record Allowance(int folds, List<Long> terms) {
  public Allowance {
    terms = List.copyOf(terms);
  }

  /** None: the operation is computed as it stands. */
  public static Allowance none(int operands) {
    return new Allowance(0, Collections.nCopies(operands, 0L));
  }

  /** Roundings that folding adds to a weight. */
  int foldRoundings() {
    return folds * BatchNormalization.ROUNDINGS;
  }
}
