// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import java.util.ArrayList;
import java.util.List;

/*
 * Where the formulas come from: the ONNX specification of Resize, opset 19. With a place x in the
 * input, l = ⌊x⌋ and r = x − l:
 *
 *  linear: (1 − r)·in[l] + r·in[l + 1]
 *  cubic:  Σ k(r − t)·in[l + t] for t = −1 … 2, k being Keys' kernel with coefficient a
 *
 * With antialiasing and a scale under 1 the kernel k(d) becomes k(d·scale), so that it covers
 * 1/scale times as many elements, and the weights are divided by their sum.
 */

/**
 * For each index of a resampled axis, which elements of the input it is made of, with what weights.
 * Indices are inside the input; a device needs no more than this to {@link Resize}.
 */
public final class AxisTaps {
  private final int[][] sources;
  private final double[][] weights;
  private final boolean[] outside;

  private AxisTaps(int[][] sources, double[][] weights, boolean[] outside) {
    this.sources = sources;
    this.weights = weights;
    this.outside = outside;
  }

  /** For each output index, indices of the input. */
  public int[][] sources() {
    return sources;
  }

  /** For each output index, as many weights. */
  public double[][] weights() {
    return weights;
  }

  /**
   * For each output index, whether its place is outside the region that {@link
   * Resampling.Coordinates#TF_CROP_AND_RESIZE} may read.
   */
  public boolean[] outside() {
    return outside;
  }

  /** An axis that stays as it is. */
  public static AxisTaps unchanged(int size) {
    int[][] sources = new int[size][];
    double[][] weights = new double[size][];
    for (int i = 0; i < size; i++) {
      sources[i] = new int[] {i};
      weights[i] = new double[] {1};
    }
    return new AxisTaps(sources, weights, new boolean[size]);
  }

  static AxisTaps of(Resampling how, Resize.Axis axis, int input) {
    int[][] sources = new int[axis.size()][];
    double[][] weights = new double[axis.size()][];
    boolean[] outside = new boolean[axis.size()];
    for (int i = 0; i < axis.size(); i++) {
      double place = place(how.coordinates(), axis, input, i);
      outside[i] =
          how.coordinates() == Resampling.Coordinates.TF_CROP_AND_RESIZE
              && (place < 0 || place > input - 1);
      if (how.mode() == Resampling.Mode.NEAREST) {
        sources[i] = new int[] {Math.clamp(nearest(how.rounding(), place), 0, input - 1)};
        weights[i] = new double[] {1};
      } else {
        sum(how, Math.min(1, axis.scale()), input, place, i, sources, weights);
      }
    }
    return new AxisTaps(sources, weights, outside);
  }

  private static double place(
      Resampling.Coordinates coordinates, Resize.Axis axis, int input, int i) {
    double scale = axis.scale();
    int output = axis.size();
    return switch (coordinates) {
      case HALF_PIXEL -> (i + 0.5) / scale - 0.5;
      case HALF_PIXEL_SYMMETRIC -> {
        double adjustment = output / (scale * input);
        double offset = input / 2.0 * (1 - adjustment);
        yield offset + (i + 0.5) / scale - 0.5;
      }
      case PYTORCH_HALF_PIXEL -> output > 1 ? (i + 0.5) / scale - 0.5 : 0;
      case ALIGN_CORNERS -> output > 1 ? (double) i * (input - 1) / (output - 1) : 0;
      case ASYMMETRIC -> i / scale;
      case TF_CROP_AND_RESIZE ->
          output > 1
              ? axis.start() * (input - 1)
                  + i * (axis.end() - axis.start()) * (input - 1) / (output - 1)
              : 0.5 * (axis.start() + axis.end()) * (input - 1);
    };
  }

  private static int nearest(Resampling.Rounding rounding, double place) {
    return (int)
        switch (rounding) {
          case ROUND_PREFER_FLOOR -> Math.ceil(place - 0.5);
          case ROUND_PREFER_CEIL -> Math.floor(place + 0.5);
          case FLOOR -> Math.floor(place);
          case CEIL -> Math.ceil(place);
        };
  }

  private static void sum(
      Resampling how,
      double scale,
      int input,
      double place,
      int i,
      int[][] sources,
      double[][] weights) {
    double stretch = how.antialias() ? scale : 1;
    double reach = (how.mode() == Resampling.Mode.LINEAR ? 1 : 2) / stretch;
    int first = (int) Math.ceil(place - reach);
    int last = (int) Math.floor(place + reach);
    List<Integer> indices = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    double total = 0;
    for (int tap = first; tap <= last; tap++) {
      double weight = kernel(how, (place - tap) * stretch);
      boolean inside = tap >= 0 && tap < input;
      if (weight == 0 || (how.excludeOutside() && !inside)) {
        continue;
      }
      indices.add(Math.clamp(tap, 0, input - 1));
      values.add(weight);
      total += weight;
    }
    sources[i] = indices.stream().mapToInt(Integer::intValue).toArray();
    boolean divides = how.antialias() || how.excludeOutside();
    double divisor = divides && total != 0 ? total : 1;
    weights[i] = values.stream().mapToDouble(value -> value / divisor).toArray();
  }

  private static double kernel(Resampling how, double distance) {
    double d = Math.abs(distance);
    if (how.mode() == Resampling.Mode.LINEAR) {
      return Math.max(0, 1 - d);
    }
    double a = how.cubic();
    if (d <= 1) {
      return ((a + 2) * d - (a + 3)) * d * d + 1;
    }
    return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
  }
}
