// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.CpuStep;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Layout;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code jit-1x1} and {@code jit-direct}: the sums of the definition, by {@link LaneConvolution}
 * where channels are lanes and by {@link RowConvolution} where positions are. Two names, because
 * what a 1×1 convolution costs against any other one is what people look for in the dispatch.
 */
final class JitConvolution extends JitAlgorithm {
  private final boolean pointwise;

  /** {@code pointwise}: takes 1×1, stride 1, no padding; else all others. */
  JitConvolution(boolean pointwise, Host host) {
    super(pointwise ? "jit-1x1" : "jit-direct", host, List.of(Conv2d.class));
    this.pointwise = pointwise;
  }

  @Override
  @Nullable String refusal(Step step) {
    ConvSpec spec = step.conv();
    if (pointwise != spec.isPointwise()) {
      return pointwise
          ? "jit-1x1 is for 1×1, stride 1, no padding; this is " + spec.window()
          : "jit-direct leaves 1×1, stride 1, no padding to jit-1x1";
    }
    if (!pointwise && spec.groups() > 1) {
      return "jit-direct is for one group of channels, got " + spec.groups();
    }
    String epilogue = Fused.refusal(step.epilogue(), host());
    if (epilogue != null) {
      return epilogue;
    }
    return choices(step).isEmpty() ? "jit-1x1 has no form for " + spec : Distances.refusal(spec);
  }

  @Override
  Support.Yes accept(Step step) {
    return new Support.Yes(choices(step));
  }

  private List<LayoutChoice> choices(Step step) {
    ConvSpec spec = step.conv();
    List<LayoutChoice> choices = new ArrayList<>();
    int lanes = host().lanes();
    if (spec.groups() == 1) {
      long wasted = JitCost.bytes(JitCost.wasted(spec.macs(), spec.oc(), lanes));
      choices.add(lanes(step, blocked(), wasted));
      choices.add(lanes(step, Layout.NCHW, wasted));
    }
    long positions = (long) spec.oh() * spec.ow();
    boolean tail = positions % lanes != 0;
    if (pointwise && !(tail && isa() == Isa.AVX2)) {
      long wasted = JitCost.bytes(JitCost.wasted(spec.macs(), positions, lanes));
      choices.add(LayoutChoice.uniform(Layout.NCHW, step.inputs().size(), 0, wasted));
    }
    return choices;
  }

  private LayoutChoice lanes(Step step, Layout input, long penalty) {
    List<Layout> inputs = new ArrayList<>(Collections.nCopies(step.inputs().size(), blocked()));
    inputs.set(0, input);
    long workspace =
        LaneConvolution.Geometry.of(step.conv(), input.block(), isa()).workspaceBytes();
    return new LayoutChoice(inputs, blocked(), workspace, penalty);
  }

  @Override
  CpuStep prepare(Step step, LayoutChoice choice, Weights weights, Arena arena)
      throws Posix.Refused {
    ConvSpec spec = step.conv();
    if (choice.output().equals(Layout.NCHW)) {
      return RowConvolution.prepare(spec, Fused.of(step.epilogue()), weights, host(), arena);
    }
    int block = choice.inputs().getFirst().block();
    LaneConvolution.Geometry geometry = LaneConvolution.Geometry.of(spec, block, isa());
    return LaneConvolution.prepare(geometry, Fused.of(step.epilogue()), weights, host(), arena);
  }
}
