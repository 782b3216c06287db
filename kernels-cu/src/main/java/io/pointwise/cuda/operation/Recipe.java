// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.network.Weights;

/** How an algorithm computes steps of its operations. */
@FunctionalInterface
interface Recipe {
  /** Says what is held and enqueued for the step. */
  void build(Step step, Weights weights, StepBuilder builder);

  /** Whether it takes the step, which is one of its operations. */
  default Support accept(Step step) {
    return Support.nchw(step, workspaceElements(step) * Float.BYTES);
  }

  /** Floats of scratch memory for a run of the step. */
  default long workspaceElements(Step step) {
    return 0;
  }
}
