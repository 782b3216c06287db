// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.device.kernel.Moving;
import io.pointwise.network.Weights;

/** A reorder from NCHW to NCHW; the device's algorithms use no other layout. */
final class Reordered implements Recipe {
  @Override
  public Support accept(Step step) {
    return Moving.acceptReorder(step);
  }

  @Override
  public void build(Step step, Weights weights, StepBuilder builder) {
    builder.copy();
  }
}
