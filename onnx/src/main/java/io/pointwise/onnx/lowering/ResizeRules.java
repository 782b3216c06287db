// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.Resampling;
import io.pointwise.layer.Resize;
import io.pointwise.onnx.OnnxException;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.onnx.lowering.Operator.Types;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** {@code Resize} and its predecessor {@code Upsample}. */
final class ResizeRules {
  /** Weights of an axis with antialiasing, where each output element is a sum of many. */
  private static final double MOST_TAPS = 1 << 26;

  private ResizeRules() {}

  static List<Operator> all() {
    return List.of(
        Operator.of(
                "Upsample",
                Types.FLOATS,
                ResizeRules::upsample,
                "mode",
                "height_scale",
                "width_scale",
                "scales")
            .inputs(2)
            .fixed(1),
        Operator.of(
                "Resize",
                Types.FLOATS,
                ResizeRules::resize,
                "antialias",
                "axes",
                "coordinate_transformation_mode",
                "cubic_coeff_a",
                "exclude_outside",
                "extrapolation_value",
                "keep_aspect_ratio_policy",
                "mode",
                "nearest_mode")
            .inputs(4)
            .fixed(1, 2, 3));
  }

  private static Value upsample(Call call) {
    if (call.opset() < 7) {
      requireImage(call);
      float h = call.attributes().number("height_scale", 1);
      float w = call.attributes().number("width_scale", 1);
      return oldResize(call, List.of(1.0, 1.0, (double) h, (double) w));
    }
    List<Float> attribute = call.attributes().numbers("scales");
    List<Double> scales =
        attribute == null
            ? numbers(call, 1, "scales")
            : attribute.stream().map(Float::doubleValue).toList();
    return oldResize(call, scales);
  }

  private static void requireImage(Call call) {
    if (call.input().shape().rank() != 4) {
      throw call.invalid(
          "its input has shape " + call.input().shape() + ", must have 4 dimensions");
    }
  }

  private static Value oldResize(Call call, List<Double> scales) {
    Resampling how =
        call.choice("mode", "nearest", "nearest", "linear", "bilinear").equals("nearest")
            ? Resampling.nearest()
            : new Resampling(
                Resampling.Mode.LINEAR,
                Resampling.Coordinates.ASYMMETRIC,
                Resampling.Rounding.FLOOR,
                0,
                false,
                false);
    Shape in = call.input().shape();
    List<Integer> axes = IntStream.range(0, in.rank()).boxed().toList();
    return apply(call, axes, scales, sizes(call, axes, scales, null), how, null, 0);
  }

  private static Value resize(Call call) {
    if (call.opset() < 11) {
      return oldResize(call, numbers(call, 1, "scales"));
    }
    Resampling how = how(call);
    int rank = call.input().shape().rank();
    List<Long> named = call.attributes().integers("axes");
    List<Integer> axes =
        (named == null ? LongStream.range(0, rank).boxed().toList() : named)
            .stream().map(axis -> call.axis(axis, rank)).toList();
    List<Double> roi =
        how.coordinates() == Resampling.Coordinates.TF_CROP_AND_RESIZE
            ? numbers(call, 1, "roi")
            : null;
    if (roi != null && roi.size() != 2 * axes.size()) {
      throw call.invalid("its roi has " + roi.size() + " numbers, must have " + 2 * axes.size());
    }
    float outside = call.attributes().number("extrapolation_value", 0);
    boolean scaled = call.has(2) && call.input(2).shape().elements() > 0;
    if (scaled == call.has(3)) {
      throw call.invalid("it must have either scales or sizes");
    }
    if (scaled) {
      List<Double> scales = numbers(call, 2, "scales");
      return apply(call, axes, scales, sizes(call, axes, scales, roi), how, roi, outside);
    }
    List<Long> wanted = call.integers(3, "sizes");
    if (wanted.size() != axes.size()) {
      throw call.invalid("its sizes are " + wanted + " for the axes " + axes);
    }
    return sized(call, axes, wanted, how, roi, outside);
  }

  private static Value sized(
      Call call,
      List<Integer> axes,
      List<Long> wanted,
      Resampling how,
      @Nullable List<Double> roi,
      float outside) {
    Shape in = call.input().shape();
    List<Double> scales = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      scales.add((double) wanted.get(i) / in.dim(axes.get(i)));
    }
    String policy =
        call.choice("keep_aspect_ratio_policy", "stretch", "stretch", "not_larger", "not_smaller");
    List<Long> sizes = wanted;
    if (!policy.equals("stretch")) {
      double scale =
          policy.equals("not_larger")
              ? scales.stream().mapToDouble(Double::doubleValue).min().orElse(1)
              : scales.stream().mapToDouble(Double::doubleValue).max().orElse(1);
      scales.replaceAll(_ -> scale);
      sizes = axes.stream().map(axis -> (long) Math.floor(scale * in.dim(axis) + 0.5)).toList();
    }
    return apply(call, axes, scales, sizes, how, roi, outside);
  }

  private static Resampling how(Call call) {
    Resampling.Mode mode =
        Resampling.Mode.valueOf(
            upper(call.choice("mode", "nearest", "nearest", "linear", "cubic")));
    Resampling.Coordinates coordinates =
        Resampling.Coordinates.valueOf(
            upper(
                call.choice(
                    "coordinate_transformation_mode",
                    "half_pixel",
                    "half_pixel",
                    "half_pixel_symmetric",
                    "pytorch_half_pixel",
                    "align_corners",
                    "asymmetric",
                    "tf_crop_and_resize")));
    Resampling.Rounding rounding =
        Resampling.Rounding.valueOf(
            upper(
                call.choice(
                    "nearest_mode",
                    "round_prefer_floor",
                    "round_prefer_floor",
                    "round_prefer_ceil",
                    "floor",
                    "ceil")));
    return new Resampling(
        mode,
        coordinates,
        rounding,
        call.attributes().number("cubic_coeff_a", -0.75f),
        call.attributes().flag("exclude_outside", false),
        call.attributes().flag("antialias", false));
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static List<Long> sizes(
      Call call, List<Integer> axes, List<Double> scales, @Nullable List<Double> roi) {
    if (scales.size() != axes.size()) {
      throw call.invalid("its scales are " + scales + " for the axes " + axes);
    }
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      double region = roi == null ? 1 : roi.get(i + axes.size()) - roi.get(i);
      sizes.add((long) Math.floor(call.input().shape().dim(axes.get(i)) * region * scales.get(i)));
    }
    return sizes;
  }

  private static Value apply(
      Call call,
      List<Integer> axes,
      List<Double> scales,
      List<Long> sizes,
      Resampling how,
      @Nullable List<Double> roi,
      float outside) {
    Value x = call.input();
    List<Resize.Axis> resampled = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      int axis = axes.get(i);
      long size = sizes.get(i);
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw call.invalid("axis " + axis + " would get the size " + size);
      }
      if (how.antialias() && size / scales.get(i) > MOST_TAPS) {
        throw call.invalid(
            "axis "
                + axis
                + " of size "
                + size
                + " would sum too many elements at a scale of "
                + scales.get(i));
      }
      boolean stays = roi == null && size == x.shape().dim(axis) && scales.get(i) == 1;
      if (!stays) {
        double start = roi == null ? 0 : roi.get(i);
        double end = roi == null ? 1 : roi.get(i + axes.size());
        resampled.add(new Resize.Axis(axis, (int) size, scales.get(i), start, end));
      }
    }
    return resampled.isEmpty() ? x : call.apply(new Resize(resampled, how, outside), x);
  }

  private static List<Double> numbers(Call call, int place, String what) {
    TypedTensor tensor = call.known(place, what);
    if (tensor.shape().rank() != 1) {
      throw new OnnxException(
          call.describe() + ": its " + what + " has shape " + tensor.shape() + ", must be a list");
    }
    return LongStream.range(0, tensor.shape().elements()).mapToObj(tensor::value).toList();
  }
}
