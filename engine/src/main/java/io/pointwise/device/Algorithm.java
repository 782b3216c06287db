// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

import io.pointwise.layer.Winograd;
import io.pointwise.network.Weights;
import java.util.Optional;

/**
 * A named way to compute steps on a device. Stateless and safe to share; {@link #check} sits beside
 * the code that it speaks for, so support and dispatch cannot disagree.
 */
public interface Algorithm {
  /** Unique on its device: {@code vector-1x1}. */
  String name();

  /**
   * Whether and how this algorithm can take the step; a pure function of the step and the device.
   */
  Support check(Step step);

  /**
   * The formula by which it computes a step that {@link #check} accepted, where that is Winograd's;
   * empty where it computes the sums of the definition, in any order. Errors are bounded by it.
   */
  default Optional<Winograd> winograd(Step step) {
    return Optional.empty();
  }

  /**
   * Whether it is there to be compared with, and for want of another, rather than to be fast; such
   * a one is not measured when algorithms are.
   */
  default boolean isReference() {
    return false;
  }

  /**
   * Packs weights and builds whatever a run needs, so that runs do not.
   *
   * @param step that {@link #check} accepted
   * @param choice one of the choices that it offered for it
   * @param weights of the step's layer, folded; their memory may be gone after this call
   * @throws DeviceException if the device cannot
   */
  PreparedStep prepare(Step step, LayoutChoice choice, Weights weights);
}
