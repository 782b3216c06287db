// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.lowering;

import io.pointwise.layer.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The window of a convolution or pooling along any number of axes, with the padding in numbers.
 *
 * @param kernel taps along each axis
 * @param strides elements between two windows
 * @param dilations elements between two taps
 * @param before padding at the beginning of each axis
 * @param after padding at the end of each axis
 */
record Spatial(
    List<Integer> kernel,
    List<Integer> strides,
    List<Integer> dilations,
    List<Integer> before,
    List<Integer> after) {

  /**
   * From a node's attributes.
   *
   * @param kernel taps along each axis
   * @param sizes of the input along each axis
   */
  static Spatial of(Call call, List<Integer> kernel, List<Integer> sizes) {
    int axes = kernel.size();
    List<Integer> strides = attribute(call, "strides", axes, 1, 1);
    List<Integer> dilations = attribute(call, "dilations", axes, 1, 1);
    List<Integer> before = new ArrayList<>(Collections.nCopies(axes, 0));
    List<Integer> after = new ArrayList<>(Collections.nCopies(axes, 0));
    String auto = autoPad(call);
    switch (auto) {
      case "NOTSET" -> {
        List<Integer> pads = attribute(call, "pads", 2 * axes, 0, 0);
        before = pads.subList(0, axes);
        after = pads.subList(axes, 2 * axes);
      }
      case "VALID" -> {}
      default -> {
        for (int i = 0; i < axes; i++) {
          long total = same(sizes.get(i), kernel.get(i), strides.get(i), dilations.get(i));
          int less = (int) (total / 2);
          int more = (int) (total - less);
          before.set(i, auto.equals("SAME_UPPER") ? less : more);
          after.set(i, auto.equals("SAME_UPPER") ? more : less);
        }
      }
    }
    return new Spatial(kernel, strides, dilations, before, after);
  }

  static String autoPad(Call call) {
    return call.choice("auto_pad", "NOTSET", "NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER");
  }

  /** Padding such that there are as many windows as the strides fit into the input. */
  private static long same(int size, int kernel, int stride, int dilation) {
    long windows = Math.ceilDiv(size, stride);
    long span = (windows - 1) * stride + (long) (kernel - 1) * dilation + 1;
    return Math.max(0, span - size);
  }

  /** Kernel sizes from the attribute; null where it is not there. */
  static @Nullable List<Integer> kernelShape(Call call) {
    List<Long> kernel = call.attributes().integers("kernel_shape");
    return kernel == null ? null : ints(call, "kernel_shape", kernel, kernel.size(), 1);
  }

  /** Whole numbers of an attribute, one an axis. */
  static List<Integer> attribute(Call call, String name, int count, int least, int otherwise) {
    List<Long> values = call.attributes().integers(name);
    return values == null || values.isEmpty()
        ? Collections.nCopies(count, otherwise)
        : ints(call, name, values, count, least);
  }

  private static List<Integer> ints(
      Call call, String name, List<Long> values, int count, int least) {
    if (values.size() != count) {
      throw call.invalid(
          "attribute " + name + " is " + values + ", must be " + count + " whole numbers");
    }
    for (long value : values) {
      if (value < least || value > Integer.MAX_VALUE) {
        throw call.invalid(
            "attribute "
                + name
                + " is "
                + values
                + ", each must be from "
                + least
                + " to "
                + Integer.MAX_VALUE);
      }
    }
    return values.stream().map(Long::intValue).toList();
  }

  int axes() {
    return kernel.size();
  }

  /** The window over the axes {@code h} and {@code w}; −1 for {@code h} stands for one row. */
  Window window(int h, int w) {
    return new Window(
        h < 0 ? 1 : kernel.get(h),
        kernel.get(w),
        h < 0 ? 1 : strides.get(h),
        strides.get(w),
        h < 0 ? 0 : before.get(h),
        before.get(w),
        h < 0 ? 0 : after.get(h),
        after.get(w),
        h < 0 ? 1 : dilations.get(h),
        dilations.get(w));
  }

  /** The window over the last two axes, or one row for a single axis. */
  Window plane() {
    return window(axes() - 2, axes() - 1);
  }

  /** The window along axis {@code h} alone. */
  Window column(int h) {
    return new Window(
        kernel.get(h),
        1,
        strides.get(h),
        1,
        before.get(h),
        0,
        after.get(h),
        0,
        dilations.get(h),
        1);
  }
}
