// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Reorder;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Layout;

/** A reorder from NCHW to NCHW; the device's algorithms use no other layout. */
final class Reordering implements Recipe {
  @Override
  public Support accept(Step step) {
    Reorder reorder = (Reorder) step.operation();
    boolean plain = reorder.from().equals(Layout.NCHW) && reorder.to().equals(Layout.NCHW);
    return plain
        ? Support.nchw(step, 0)
        : Support.no("copies NCHW only, got " + reorder.from() + " to " + reorder.to());
  }

  @Override
  public void build(Step step, Weights weights, StepBuilder builder) {
    builder.copy();
  }
}
