// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.device.Precision;
import io.pointwise.layer.Winograd;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a device may deviate from computing layer after layer, as far as it matters for the error: a
 * planner may fold a batch norm into the weights before it, and may add a residual within the sum
 * of a convolution, and an algorithm may compute a convolution by Winograd's formula.
 *
 * @param folds batch norms behind this operation that may be folded into its weights
 * @param terms for each operand, the products of the convolution in whose sum this operation may be
 *     done; 0 for none
 * @param winograd formula by which this convolution is computed; null for the definition's
 * @param precision arithmetic of sums of products
 */
public record Allowance(
    int folds, List<Long> terms, @Nullable Winograd winograd, Precision precision) {
  public Allowance(int folds, List<Long> terms) {
    this(folds, terms, null, Precision.FP32);
  }

  public Allowance {
    terms = List.copyOf(terms);
    if (winograd != null && precision != Precision.FP32) {
      throw new IllegalArgumentException(
          "no bound is known for Winograd's formula " + winograd + " in " + precision);
    }
  }

  /** None: the operation is computed as it stands. */
  public static Allowance none(int operands) {
    return new Allowance(0, Collections.nCopies(operands, 0L));
  }

  /** With a formula by which the convolution is computed, or null. */
  public Allowance with(@Nullable Winograd formula) {
    return new Allowance(folds, terms, formula, precision);
  }

  /** With the arithmetic of sums of products. */
  public Allowance in(Precision arithmetic) {
    return new Allowance(folds, terms, winograd, arithmetic);
  }

  /** Roundings that folding adds to a weight. */
  int foldRoundings() {
    return folds * BatchNormalization.ROUNDINGS;
  }
}
