// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.device.kernel.Pooling;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Role;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;

/** Convolutions. */
final class Convolving {
  private Convolving() {}

  /** Pointwise: a GEMM over the input as it is. */
  static final class Pointwise implements Recipe {
    @Override
    public Support accept(Step step) {
      Window window = step.conv().window();
      return window.isPointwise()
          ? Support.nchw(step, 0)
          : Support.no("computes 1×1, stride 1, no padding only, got " + window);
    }

    @Override
    public void build(Step step, Weights weights, StepBuilder builder) {
      gemm(Planes.of(step.conv()), weights, builder);
    }
  }

  /** Any window: the input is rearranged to {@link Planes}, then it is the same GEMM. */
  static final class Windowed implements Recipe {
    @Override
    public long workspaceElements(Step step) {
      return Planes.of(step.conv()).elements();
    }

    @Override
    public void build(Step step, Weights weights, StepBuilder builder) {
      Planes planes = Planes.of(step.conv());
      rearrange(planes, builder);
      gemm(planes, weights, builder);
    }
  }

  /** The first input as planes, at the beginning of the scratch memory. */
  static void rearrange(Planes planes, StepBuilder builder) {
    ConvSpec spec = planes.spec();
    Window window = spec.window();
    builder
        .launch("conv_planes")
        .input(0)
        .workspace()
        .buffer(builder.table(planes.rowPhases().stream().map(Integer::longValue).toList()))
        .buffer(builder.table(planes.columnPhases().stream().map(Integer::longValue).toList()))
        .indices(planes.rowPhases().size(), planes.columnPhases().size())
        .indices(spec.ih(), spec.iw(), planes.rows(), planes.columns())
        .indices(window.strideH(), window.strideW(), window.padTop(), window.padLeft())
        .items((long) spec.n() * spec.ic() * planes.rowPhases().size() * planes.rows())
        .add();
  }

  private static void gemm(Planes planes, Weights weights, StepBuilder builder) {
    Gemm gemm = Gemm.of(planes);
    Tensor weight = weights.get(Role.WEIGHT);
    gemm.launch(
        builder,
        launch -> (planes.isInput() ? launch.input(0) : launch.workspace()).output(),
        gemm.pack((o, k) -> weight.get(o * gemm.reduction() + k), builder),
        Products.bias(weights, planes.spec().oc(), builder),
        LaunchBuilder::epilogue);
  }

  static void transposed(Step step, Weights weights, StepBuilder builder) {
    ConvTranspose2d conv = (ConvTranspose2d) step.operation();
    Shape in = step.input();
    Shape out = step.output();
    builder
        .launch("conv_transpose")
        .input(0)
        .output()
        .buffer(builder.weights(weights.get(Role.WEIGHT)))
        .buffer(Products.bias(weights, conv.oc(), builder))
        .buffer(
            builder.table(
                Pooling.window(conv.window(), in.dim(2), in.dim(3), out.dim(2), out.dim(3))))
        .indices(conv.oc(), conv.oc() / conv.groups(), in.dim(1) / conv.groups(), in.dim(1))
        .items(out.elements())
        .epilogue()
        .add();
  }
}
