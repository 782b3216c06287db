// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.device.kernel.Pooling;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;

/**
 * Convolutions by kernels of our own, an output element a thread: depthwise ones, and any that
 * cuDNN does not take.
 */
final class DirectConvolving {
  private DirectConvolving() {}

  /** One filter a channel. */
  static final class Depthwise implements Recipe {
    @Override
    public Support accept(Step step) {
      ConvSpec spec = step.conv();
      return spec.isDepthwise()
          ? Support.nchw(step, 0)
          : Support.no(
              "computes one input channel a group, got "
                  + spec.groups()
                  + " groups of "
                  + spec.icPerGroup());
    }

    @Override
    public void build(Step step, Weights weights, StepBuilder builder) {
      ConvSpec spec = step.conv();
      LaunchBuilder launch =
          filtered("depthwise", weights, builder)
              .buffer(
                  builder.table(
                      Pooling.window(spec.window(), spec.ih(), spec.iw(), spec.oh(), spec.ow())))
              .indices(spec.oc(), spec.ocPerGroup());
      launch.items(spec.output().elements()).epilogue().add();
    }
  }

  /** Any window and groups. */
  static void any(Step step, Weights weights, StepBuilder builder) {
    ConvSpec spec = step.conv();
    filtered("conv", weights, builder)
        .buffer(
            builder.table(
                Pooling.window(spec.window(), spec.ih(), spec.iw(), spec.oh(), spec.ow())))
        .indices(spec.oc(), spec.ocPerGroup(), spec.icPerGroup(), spec.ic())
        .items(spec.output().elements())
        .epilogue()
        .add();
  }

  /** The transpose of any of them. */
  static void transposed(Step step, Weights weights, StepBuilder builder) {
    ConvTranspose2d conv = (ConvTranspose2d) step.operation();
    Shape in = step.input();
    Shape out = step.output();
    filtered("conv_transpose", weights, builder)
        .buffer(
            builder.table(
                Pooling.window(conv.window(), in.dim(2), in.dim(3), out.dim(2), out.dim(3))))
        .indices(conv.oc(), conv.oc() / conv.groups(), in.dim(1) / conv.groups(), in.dim(1))
        .items(out.elements())
        .epilogue()
        .add();
  }

  /** Input, output, weights, and biases if there are any. */
  private static LaunchBuilder filtered(String kernel, Weights weights, StepBuilder builder) {
    LaunchBuilder launch =
        builder.launch(kernel).input(0).output().buffer(builder.weights(weights.get(Role.WEIGHT)));
    return weights.has(Role.BIAS)
        ? launch.define("BIAS", 1).buffer(builder.weights(weights.get(Role.BIAS)))
        : launch;
  }
}
