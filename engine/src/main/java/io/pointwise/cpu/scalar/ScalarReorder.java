// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.Algorithm;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Precision;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Reorder;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Layout;
import java.util.List;

/** Reorders between any two layouts. */
final class ScalarReorder implements Algorithm {
  private final Workers workers;

  ScalarReorder(Workers workers) {
    this.workers = workers;
  }

  @Override
  public String name() {
    return "scalar-reorder";
  }

  @Override
  public Support check(Step step) {
    if (!(step.operation() instanceof Reorder(Layout from, Layout to))) {
      return Support.otherOperation(name(), step);
    }
    if (step.precision() != Precision.FP32) {
      return Support.no(name() + " copies FP32 only, " + step.precision() + " was asked for");
    }
    if (!step.epilogue().isNone()) {
      return Support.no(name() + " fuses nothing behind the copy, got" + step.epilogue());
    }
    if (step.input().rank() != 4 && !from.equals(to)) {
      return Support.no(name() + " changes layouts of rank 4, got shape " + step.input());
    }
    return new Support.Yes(List.of(new LayoutChoice(List.of(from), to, 0, 0)));
  }

  @Override
  public boolean isReference() {
    return true;
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    Reordering reordering = new Reordering((Reorder) step.operation(), step.input(), workers);
    return new CpuStep((inputs, output, _) -> reordering.run(inputs.getFirst(), output), 0);
  }
}
