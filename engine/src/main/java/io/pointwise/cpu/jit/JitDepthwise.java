// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.CpuStep;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import java.lang.foreign.Arena;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code jit-depthwise}: depthwise convolution with one filter for each channel, on NCHWc. */
final class JitDepthwise extends JitAlgorithm {
  JitDepthwise(Host host) {
    super("jit-depthwise", host, List.of(Conv2d.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    ConvSpec spec = step.conv();
    if (!spec.isDepthwise() || spec.ocPerGroup() != 1) {
      return "jit-depthwise is for one input and one output channel a group; this has "
          + spec.icPerGroup()
          + " and "
          + spec.ocPerGroup();
    }
    String epilogue = Fused.refusal(step.epilogue(), host());
    return epilogue != null ? epilogue : windowRefusal(geometry(spec), function(step));
  }

  @Override
  Support.Yes accept(Step step) {
    return new Support.Yes(List.of(LayoutChoice.uniform(blocked(), step.inputs().size(), 0, 0)));
  }

  private WindowRun.Geometry geometry(ConvSpec spec) {
    return new WindowRun.Geometry(isa(), spec.window(), spec.input(), spec.output());
  }

  private static WindowFunction function(Step step) {
    return new WindowFunction.Weighing(Fused.of(step.epilogue()).finish());
  }

  @Override
  PreparedStep prepare(Step step, LayoutChoice choice, Weights weights, Arena arena)
      throws Posix.Refused {
    ConvSpec spec = step.conv();
    boolean residual = step.epilogue().residual();
    WindowRun run = WindowRun.generate(geometry(spec), function(step), workers(), arena);
    int taps = Math.toIntExact(spec.window().taps());
    int lanes = host().lanes();
    float[] bias = weights.has(Role.BIAS) ? weights.get(Role.BIAS).toArray() : new float[spec.oc()];
    ChannelPanels filters =
        ChannelPanels.pack(weights.get(Role.WEIGHT).toArray(), taps, lanes, arena);
    ChannelPanels biases = ChannelPanels.pack(bias, 1, lanes, arena);
    CpuStep.Kernel kernel =
        (inputs, output, _) ->
            run.run(
                new WindowRun.Operands(
                    inputs.getFirst().address(),
                    output.address(),
                    filters.address(),
                    filters.blockBytes(),
                    biases.address(),
                    residual ? inputs.getLast().address() : 0));
    return new CpuStep(
        Fused.of(step.epilogue()).around(kernel, host()), arena, filters.bytes() + biases.bytes());
  }
}
