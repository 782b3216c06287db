// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pointwise.reference.Comparison;
import io.pointwise.reference.Expected;
import io.pointwise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an output is what the reference gives.
 *
 * @param ok whether every element is within its bound
 * @param maxError error of the element that is nearest to its bound, or farthest beyond it; null
 *     where that is no number
 * @param bound what that error may be, computed from the terms of the element's sum; null where
 *     that is no number
 * @param detail what is wrong, or null
 */
public record Verification(
    boolean ok,
    @JsonProperty("max_error") @Nullable Double maxError,
    @Nullable Double bound,
    @Nullable String detail) {

  public static Verification of(List<Tensor> outputs, List<Expected> expected) {
    Verification worst = new Verification(true, 0.0, 0.0, null);
    for (int i = 0; i < outputs.size(); i++) {
      Comparison comparison = Comparison.of(outputs.get(i), expected.get(i));
      if (i == 0 || (worst.ok && !comparison.ok())) {
        worst = of(comparison);
      }
    }
    return worst;
  }

  private static Verification of(Comparison comparison) {
    return new Verification(
        comparison.ok(),
        number(comparison.error()),
        number(comparison.bound()),
        comparison.ok() ? null : comparison.describe());
  }

  /** JSON has no NaN and no infinity. */
  private static @Nullable Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
