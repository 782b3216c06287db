// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Two-dimensional convolution (cross-correlation) of {@code [n, ic, ih, iw]} with OIHW weights; see
 * {@link ConvSpec}.
 *
 * @param oc output channels
 * @param window kernel size, stride, padding, dilation
 * @param groups channel groups; equal to the input channels for a depthwise convolution
 * @param bias whether a bias a channel is added
 */
public record Conv2d(int oc, Window window, int groups, boolean bias) implements Layer {
  public Conv2d {
    Check.atLeast("oc", oc, 1);
    Check.atLeast("groups", groups, 1);
    Check.divides("groups", groups, "oc", oc);
  }

  /** One group, with bias. */
  public Conv2d(int oc, Window window) {
    this(oc, window, 1, true);
  }

  /** Pointwise: 1×1, stride 1, one group, with bias. */
  public static Conv2d pointwise(int oc) {
    return new Conv2d(oc, Window.square(1));
  }

  /** This convolution with all its sizes. */
  public ConvSpec spec(Shape input) {
    Check.rank(this, input, 4);
    return new ConvSpec(
        input.dim(0), input.dim(1), input.dim(2), input.dim(3), oc, window, groups, bias);
  }

  @Override
  public String kind() {
    return "conv2d";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return spec(Check.onlyInput(this, inputs)).output();
  }

  @Override
  public Map<Role, Shape> weights(List<Shape> inputs) {
    return filters(spec(Check.onlyInput(this, inputs)).weight(), oc, bias);
  }

  @Override
  public long macs(List<Shape> inputs) {
    return spec(Check.onlyInput(this, inputs)).macs();
  }

  static Map<Role, Shape> filters(Shape weight, int oc, boolean bias) {
    Map<Role, Shape> weights = new EnumMap<>(Role.class);
    weights.put(Role.WEIGHT, weight);
    if (bias) {
      weights.put(Role.BIAS, Shape.of(oc));
    }
    return weights;
  }
}
