// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.testdevice;

import io.pointwise.device.LayoutChoice;
import io.pointwise.device.Step;
import io.pointwise.device.Support;
import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Linear;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.Operation;
import io.pointwise.layer.Reorder;
import io.pointwise.tensor.Layout;
import java.util.Collections;
import java.util.List;

/**
 * What the algorithms of the remote device take and what they like. Between them they make the
 * planner put in reorders, take fused steps apart, and refuse networks.
 */
final class RemoteRules {
  private static final Layout BLOCKED = Layout.blocked(8);
  private static final long WORKSPACE = 1000;
  private static final long MUCH = 1 << 20;

  private RemoteRules() {}

  static List<RemoteAlgorithm> algorithms(RemoteDevice device) {
    return List.of(
        new RemoteAlgorithm("remote-conv-nhwc", device, RemoteRules::nhwcConvolution),
        new RemoteAlgorithm("remote-pool-blocked", device, RemoteRules::blockedPool),
        new RemoteAlgorithm("remote-pixelwise", device, RemoteRules::pixelwise),
        new RemoteAlgorithm("remote-plain", device, RemoteRules::plain),
        new RemoteAlgorithm("remote-reorder", device, RemoteRules::reorder));
  }

  /** Convolutions in NHWC; NCHW if they must. */
  private static Support nhwcConvolution(Step step) {
    if (!(step.operation() instanceof Conv2d)) {
      return Support.no("computes conv2d only, not " + step.operation().kind());
    }
    if (step.conv().groups() > 1) {
      return Support.no("has no groups, got " + step.conv().groups());
    }
    int stride = Math.max(step.conv().window().strideH(), step.conv().window().strideW());
    if (stride > 2) {
      return Support.no("has strides up to 2, got " + stride);
    }
    return convolution(
        step,
        List.of(
            LayoutChoice.uniform(Layout.NHWC, 1, WORKSPACE, 0),
            LayoutChoice.uniform(Layout.NCHW, 1, 0, MUCH)));
  }

  private static Support convolution(Step step, List<LayoutChoice> choices) {
    if (step.epilogue().residual()) {
      return Support.no("fuses no residual");
    }
    ActivationFunction activation = step.epilogue().activation();
    boolean fuses =
        activation == null
            || activation instanceof ActivationFunction.Relu
            || activation instanceof ActivationFunction.Clip;
    return fuses ? new Support.Yes(choices) : Support.no("fuses relu and clip only");
  }

  /** Pools in NCHW8c, NCHW if they must. */
  private static Support blockedPool(Step step) {
    Operation operation = step.operation();
    return operation instanceof MaxPool2d || operation instanceof AvgPool2d
        ? new Support.Yes(
            List.of(
                LayoutChoice.uniform(BLOCKED, 1, 0, 0),
                LayoutChoice.uniform(Layout.NCHW, 1, 0, MUCH)))
        : Support.no("pools only, got " + operation.kind());
  }

  /** Sums and activations of images, in whatever layout the first input has. */
  private static Support pixelwise(Step step) {
    Operation operation = step.operation();
    if (!(operation instanceof Add || operation instanceof Activation)) {
      return Support.no("computes add and activations only, got " + operation.kind());
    }
    if (!step.inputs().stream().allMatch(step.output()::equals) || step.output().rank() != 4) {
      return Support.no("takes images of one shape only, got " + step.inputs());
    }
    int inputs = step.inputs().size();
    List<Layout> layouts = List.of(BLOCKED, Layout.NHWC, Layout.NCHW);
    return new Support.Yes(
        layouts.stream().map(layout -> LayoutChoice.uniform(layout, inputs, 64, 0)).toList());
  }

  /** Everything in NCHW. */
  private static Support plain(Step step) {
    Operation operation = step.operation();
    if (operation instanceof Reorder) {
      return Support.no("does not reorder");
    }
    if (operation instanceof Conv2d) {
      return convolution(step, List.of(LayoutChoice.nchw(1, WORKSPACE)));
    }
    boolean bare = operation instanceof ConvTranspose2d || operation instanceof Linear;
    return bare && !step.epilogue().isNone()
        ? Support.no("fuses nothing behind " + operation.kind())
        : Support.nchw(step, 0);
  }

  private static Support reorder(Step step) {
    return step.operation() instanceof Reorder(Layout from, Layout to)
        ? new Support.Yes(List.of(new LayoutChoice(Collections.nCopies(1, from), to, 0, 0)))
        : Support.no("reorders only, got " + step.operation().kind());
  }
}
