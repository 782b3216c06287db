// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code vector-depthwise}: direct depthwise convolution, any multiplier. */
final class VectorDepthwise extends VectorAlgorithm {
  VectorDepthwise(Workers workers) {
    super("vector-depthwise", workers, List.of(Conv2d.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    ConvSpec spec = step.conv();
    return spec.isDepthwise()
        ? channelRefusal(spec.window(), spec.oh(), spec.ow())
        : "vector-depthwise is for one input channel a group; this has "
            + spec.icPerGroup()
            + " in "
            + spec.groups()
            + (spec.groups() == 1 ? " group" : " groups");
  }

  @Override
  long workspaceBytes(Step step) {
    return workers().threads() * geometry(step.conv()).workerBytes();
  }

  private static ChannelWindows.Geometry geometry(ConvSpec spec) {
    WindowPlanes planes =
        new WindowPlanes(spec.window(), spec.ih(), spec.iw(), spec.oh(), spec.ow());
    return new ChannelWindows.Geometry(spec.input(), spec.output(), planes);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    ConvSpec spec = step.conv();
    ChannelWindows.Geometry geometry = geometry(spec);
    float[] filters = weights.get(Role.WEIGHT).toArray();
    float[] bias = bias(weights, spec.oc());
    int count = Math.toIntExact(spec.window().taps());
    long[] taps = geometry.taps(count);
    int positions = geometry.positions();
    ChannelWindows.ChannelKernel kernel =
        (memory, base, channel, sums) ->
            PlaneKernels.weigh(memory, base, taps, filters, channel * count, sums, positions);
    return new CpuStep(
        new ChannelWindows(geometry, 0, kernel, step.epilogue(), bias, workers()),
        (long) filters.length * Float.BYTES);
  }
}
