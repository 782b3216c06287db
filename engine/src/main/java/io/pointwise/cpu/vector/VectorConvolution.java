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
import io.pointwise.layer.GemmShape;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code vector-1x1} and {@code vector-implicit-gemm}: two names for {@link GemmConvolution},
 * because what a 1×1 convolution costs against any other one is what people look for in the
 * dispatch.
 */
final class VectorConvolution extends VectorAlgorithm {
  private final boolean pointwise;

  /** {@code pointwise}: takes 1×1, stride 1, no padding; else all others. */
  VectorConvolution(boolean pointwise, Workers workers) {
    super(pointwise ? "vector-1x1" : "vector-implicit-gemm", workers, List.of(Conv2d.class));
    this.pointwise = pointwise;
  }

  @Override
  @Nullable String refusal(Step step) {
    return refusal(step.conv());
  }

  @Override
  long workspaceBytes(Step step) {
    return GemmConvolution.Geometry.of(step.conv(), workers().threads())
        .workspaceBytes(step.conv());
  }

  private @Nullable String refusal(ConvSpec spec) {
    if (pointwise && !spec.isPointwise()) {
      return "vector-1x1 is for 1×1, stride 1, no padding; this is " + spec.window();
    }
    if (!pointwise && spec.isPointwise()) {
      return "vector-implicit-gemm leaves 1×1, stride 1, no padding to vector-1x1";
    }
    String image = channelRefusal(spec.window(), spec.oh(), spec.ow());
    return image != null
        ? image
        : sizeRefusal("packed filters", PackedFilters.floats(GemmShape.of(spec), spec.groups()));
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    ConvSpec spec = step.conv();
    PackedFilters filters =
        PackedFilters.pack(weights.get(Role.WEIGHT), GemmShape.of(spec), spec.groups());
    float[] bias = bias(weights, spec.oc());
    return new CpuStep(
        new GemmConvolution(
            spec,
            GemmConvolution.Geometry.of(spec, workers().threads()),
            step.epilogue(),
            filters,
            bias,
            workers()),
        filters.bytes());
  }
}
