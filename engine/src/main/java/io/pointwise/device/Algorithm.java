// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.device;

import io.pointwise.network.Weights;

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
   * Packs weights and builds whatever a run needs, so that runs do not.
   *
   * @param step that {@link #check} accepted
   * @param choice one of the choices that it offered for it
   * @param weights of the step's layer, folded
   * @throws DeviceException if the device cannot
   */
  PreparedStep prepare(Step step, LayoutChoice choice, Weights weights);
}
