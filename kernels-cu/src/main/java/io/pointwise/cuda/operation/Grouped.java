// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.device.Step;
import io.pointwise.device.kernel.Normalizing;
import io.pointwise.network.Weights;

/** Group normalisation: statistics first, which need scratch memory. */
final class Grouped implements Recipe {
  @Override
  public long workspaceElements(Step step) {
    return Normalizing.groupWorkspaceElements(step);
  }

  @Override
  public void build(Step step, Weights weights, StepBuilder builder) {
    Normalizing.groups(step, weights, builder);
  }
}
