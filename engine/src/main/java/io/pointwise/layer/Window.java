// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

/**
 * A sliding window: kernel size, stride, padding and dilation of a convolution or a pooling.
 *
 * @param kh kernel height in taps
 * @param kw kernel width in taps
 * @param strideH rows between the starts of two windows
 * @param strideW columns between the starts of two windows
 * @param padTop rows added above
 * @param padLeft columns added on the left
 * @param padBottom rows added below
 * @param padRight columns added on the right
 * @param dilationH rows between two taps; 1 means none
 * @param dilationW columns between two taps; 1 means none
 */
public record Window(
    int kh,
    int kw,
    int strideH,
    int strideW,
    int padTop,
    int padLeft,
    int padBottom,
    int padRight,
    int dilationH,
    int dilationW) {

  public Window {
    Check.atLeast("kh", kh, 1);
    Check.atLeast("kw", kw, 1);
    Check.atLeast("strideH", strideH, 1);
    Check.atLeast("strideW", strideW, 1);
    Check.atLeast("padTop", padTop, 0);
    Check.atLeast("padLeft", padLeft, 0);
    Check.atLeast("padBottom", padBottom, 0);
    Check.atLeast("padRight", padRight, 0);
    Check.atLeast("dilationH", dilationH, 1);
    Check.atLeast("dilationW", dilationW, 1);
  }

  /** A {@code k×k} window, stride 1, no padding, no dilation. */
  public static Window square(int k) {
    return of(k, k);
  }

  /** A {@code kh×kw} window, stride 1, no padding, no dilation. */
  public static Window of(int kh, int kw) {
    return new Window(kh, kw, 1, 1, 0, 0, 0, 0, 1, 1);
  }

  public Window stride(int stride) {
    return stride(stride, stride);
  }

  public Window stride(int h, int w) {
    return new Window(kh, kw, h, w, padTop, padLeft, padBottom, padRight, dilationH, dilationW);
  }

  /** The same padding on all four sides. */
  public Window pad(int pad) {
    return pad(pad, pad, pad, pad);
  }

  public Window pad(int top, int left, int bottom, int right) {
    return new Window(kh, kw, strideH, strideW, top, left, bottom, right, dilationH, dilationW);
  }

  public Window dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  public Window dilation(int h, int w) {
    return new Window(kh, kw, strideH, strideW, padTop, padLeft, padBottom, padRight, h, w);
  }

  /**
   * Padding that keeps height and width at stride 1: half the extent less one on each side, the odd
   * one at the end (ONNX {@code SAME_UPPER}).
   */
  public Window padSame() {
    int h = samePadding("height", extentH());
    int w = samePadding("width", extentW());
    return pad(h / 2, w / 2, h - h / 2, w - w / 2);
  }

  private static int samePadding(String axis, long extent) {
    if (extent > Integer.MAX_VALUE) {
      throw new InvalidSpecException(
          "kernel "
              + axis
              + " with dilation "
              + extent
              + " is over the limit "
              + Integer.MAX_VALUE);
    }
    return (int) (extent - 1);
  }

  /** Rows that one window spans: {@code dilationH·(kh − 1) + 1}. */
  public long extentH() {
    return (long) dilationH * (kh - 1) + 1;
  }

  /** Columns that one window spans. */
  public long extentW() {
    return (long) dilationW * (kw - 1) + 1;
  }

  /** Taps in a window. */
  public long taps() {
    return (long) kh * kw;
  }

  /** True for one tap, stride 1, no padding: the window of a pointwise convolution. */
  public boolean isPointwise() {
    return taps() == 1 && strideH == 1 && strideW == 1 && !hasPadding();
  }

  public boolean hasPadding() {
    return (padTop | padLeft | padBottom | padRight) != 0;
  }

  /** Windows that fit in {@code ih} rows with the padding. */
  int outH(int ih) {
    return out("height", ih, padTop, padBottom, "kh", kh, dilationH, extentH(), strideH);
  }

  /** Windows that fit in {@code iw} columns with the padding. */
  int outW(int iw) {
    return out("width", iw, padLeft, padRight, "kw", kw, dilationW, extentW(), strideW);
  }

  private static int out(
      String axis,
      int size,
      int before,
      int after,
      String kernel,
      int k,
      int dilation,
      long extent,
      int stride) {
    long padded = (long) size + before + after;
    if (extent > padded) {
      String dilated =
          dilation == 1 ? "" : " with dilation " + dilation + " (spans " + extent + ")";
      throw new InvalidSpecException(
          kernel + "=" + k + dilated + " is larger than the padded input " + axis + " " + padded);
    }
    if (padded > Integer.MAX_VALUE) {
      throw new InvalidSpecException(
          "padded input " + axis + " " + padded + " is over the limit " + Integer.MAX_VALUE);
    }
    return (int) ((padded - extent) / stride + 1);
  }

  /** As {@code 3×3}, and whatever differs from stride 1, no padding, no dilation. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(kh).append('×').append(kw);
    if (strideH != 1 || strideW != 1) {
      text.append(" stride ").append(strideH == strideW ? "" + strideH : strideH + "×" + strideW);
    }
    if (hasPadding()) {
      boolean even = padTop == padLeft && padLeft == padBottom && padBottom == padRight;
      text.append(" pad ")
          .append(even ? "" + padTop : padTop + "," + padLeft + "," + padBottom + "," + padRight);
    }
    if (dilationH != 1 || dilationW != 1) {
      text.append(" dilation ")
          .append(dilationH == dilationW ? "" + dilationH : dilationH + "×" + dilationW);
    }
    return text.toString();
  }
}
