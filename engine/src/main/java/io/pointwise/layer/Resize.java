// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * Resamples a tensor along some axes, one after the other as the kernel is a product.
 *
 * @param axes that change, each once
 * @param how values between elements are found
 * @param outside value of what lies outside the region of {@link
 *     Resampling.Coordinates#TF_CROP_AND_RESIZE}
 */
public record Resize(List<Axis> axes, Resampling how, float outside) implements Layer {
  /**
   * An axis that is resampled.
   *
   * @param axis from 0
   * @param size of the output
   * @param scale output size over input size as it was asked for, which need not be their quotient
   * @param start of the region, 0 to 1 over the input; for {@link
   *     Resampling.Coordinates#TF_CROP_AND_RESIZE}
   * @param end of the region
   */
  public record Axis(int axis, int size, double scale, double start, double end) {
    public Axis {
      Check.atLeast("resize axis", axis, 0);
      Check.atLeast("resize size", size, 0);
      if (!(scale > 0 && Double.isFinite(scale))) {
        throw new InvalidSpecException("resize scale=" + scale + " must be over 0");
      }
    }
  }

  public Resize {
    axes = List.copyOf(axes);
    if (axes.stream().mapToInt(Axis::axis).distinct().count() != axes.size()) {
      throw new InvalidSpecException("resize: an axis is named twice in " + axes);
    }
  }

  @Override
  public String kind() {
    return "resize";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Check.onlyInput(this, inputs);
    int[] dims = input.toArray();
    for (Axis axis : axes) {
      dims[Check.axis(this, axis.axis(), input)] = axis.size();
      if (axis.size() > 0) {
        Check.atLeast("resize input size of axis " + axis.axis(), input.dim(axis.axis()), 1);
      }
    }
    return Check.shape(dims);
  }

  /** The input elements behind each index of a resampled axis, and their weights. */
  public AxisTaps taps(Shape input, Axis axis) {
    return AxisTaps.of(how, axis, input.dim(axis.axis()));
  }
}
