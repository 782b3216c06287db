// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import io.pointwise.device.Algorithm;
import io.pointwise.device.LayoutChoice;

/**
 * An algorithm that accepts a step, in the layouts that the plan would give it.
 *
 * @param algorithm that accepts
 * @param choice of those that it offers
 */
public record Contender(Algorithm algorithm, LayoutChoice choice) {
  public String name() {
    return algorithm.name();
  }
}
