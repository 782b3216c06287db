// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;

/**
 * A convolution as cuDNN takes it, which knows only the same padding on both sides of an axis.
 *
 * <p>Where the two sides differ, the larger padding often does for both: what it adds at the far
 * end no output reads. Else the smaller one is cuDNN's and the rest is put around the input before.
 *
 * @param window with the padding that is left to cuDNN, the same on both sides
 * @param top rows to put above the input
 * @param left columns to put on its left
 * @param ih rows of the input, those put around included
 * @param iw columns of the input, those put around included
 */
record EvenPadding(Window window, int top, int left, int ih, int iw) {
  /** Of one axis: what is left to cuDNN, what is put before and behind. */
  private record Axis(int even, int before, int behind) {
    static Axis of(int before, int behind, int size, long extent, int stride, int out) {
      if (before == behind || windows(size, before, extent, stride) == out) {
        return new Axis(before, 0, 0);
      }
      int even = Math.min(before, behind);
      return new Axis(even, before - even, behind - even);
    }

    private static long windows(int size, int pad, long extent, int stride) {
      return Math.floorDiv(size + 2L * pad - extent, (long) stride) + 1;
    }
  }

  static EvenPadding of(ConvSpec spec) {
    Window window = spec.window();
    Axis rows =
        Axis.of(
            window.padTop(),
            window.padBottom(),
            spec.ih(),
            window.extentH(),
            window.strideH(),
            spec.oh());
    Axis columns =
        Axis.of(
            window.padLeft(),
            window.padRight(),
            spec.iw(),
            window.extentW(),
            window.strideW(),
            spec.ow());
    return new EvenPadding(
        window.pad(rows.even(), columns.even(), rows.even(), columns.even()),
        rows.before(),
        columns.before(),
        spec.ih() + rows.before() + rows.behind(),
        spec.iw() + columns.before() + columns.behind());
  }

  /** Whether the input serves as it is. */
  boolean isInput(ConvSpec spec) {
    return ih == spec.ih() && iw == spec.iw();
  }
}
