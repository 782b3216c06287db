// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.CpuStep;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.PoolSpec;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.lang.foreign.Arena;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code jit-pool}: maximum and average pooling on NCHWc. */
final class JitPool extends JitAlgorithm {
  JitPool(Host host) {
    super("jit-pool", host, List.of(MaxPool2d.class, AvgPool2d.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    return step.epilogue().isNone()
        ? windowRefusal(geometry(step), function(step))
        : "jit-pool fuses no epilogue," + step.epilogue() + " was asked for";
  }

  @Override
  Support.Yes accept(Step step) {
    return new Support.Yes(List.of(LayoutChoice.uniform(blocked(), 1, 0, 0)));
  }

  private WindowRun.Geometry geometry(Step step) {
    PoolSpec spec =
        step.operation() instanceof MaxPool2d max
            ? max.spec(step.input())
            : ((AvgPool2d) step.operation()).spec(step.input());
    Shape input = Shape.of(spec.n(), spec.c(), spec.ih(), spec.iw());
    return new WindowRun.Geometry(isa(), spec.window(), input, spec.output());
  }

  private static WindowFunction function(Step step) {
    return step.operation() instanceof AvgPool2d average
        ? new WindowFunction.Mean(average.countIncludePad())
        : new WindowFunction.Maximum();
  }

  @Override
  PreparedStep prepare(Step step, LayoutChoice choice, Weights weights, Arena arena)
      throws Posix.Refused {
    WindowRun run = WindowRun.generate(geometry(step), function(step), workers(), arena);
    return new CpuStep(
        (inputs, output, _) ->
            run.run(WindowRun.Operands.of(inputs.getFirst().address(), output.address())),
        arena,
        0);
  }
}
