// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tuning;

import io.pointwise.device.Step;
import java.util.List;

/** Is told what a measurement does; by the thread that plans. */
public interface TuningObserver {
  /** Takes no notice. */
  TuningObserver NONE = new TuningObserver() {};

  /**
   * The candidates of a step are about to be verified and timed.
   *
   * @param algorithms names, in the device's order
   */
  default void measuring(Step step, List<String> algorithms) {}

  /** They were. */
  default void measured(Step step, List<Outcome> outcomes) {}
}
