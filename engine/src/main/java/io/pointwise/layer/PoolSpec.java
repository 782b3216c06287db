// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;

/**
 * One pooling with all its sizes, validated once.
 *
 * <p>In ceil mode a last, partial window is added where it starts inside the input or its leading
 * padding (PyTorch; ONNX since opset 22).
 *
 * @param n batch size
 * @param c channels
 * @param ih input height
 * @param iw input width
 * @param window kernel size, stride, padding, dilation; padding less than the kernel's extent
 * @param ceilMode whether partial windows at the end count
 */
public record PoolSpec(int n, int c, int ih, int iw, Window window, boolean ceilMode) {
  public PoolSpec {
    Check.atLeast("n", n, 1);
    Check.atLeast("c", c, 1);
    Check.atLeast("ih", ih, 1);
    Check.atLeast("iw", iw, 1);
    padding("padTop", window.padTop(), "kernel height", window.extentH());
    padding("padBottom", window.padBottom(), "kernel height", window.extentH());
    padding("padLeft", window.padLeft(), "kernel width", window.extentW());
    padding("padRight", window.padRight(), "kernel width", window.extentW());
    Check.shape(n, c, ih, iw);
    Check.shape(n, c, oh(window, ih, ceilMode), ow(window, iw, ceilMode));
  }

  static PoolSpec of(Layer layer, Shape input, Window window, boolean ceilMode) {
    Check.rank(layer, input, 4);
    return new PoolSpec(input.dim(0), input.dim(1), input.dim(2), input.dim(3), window, ceilMode);
  }

  private static void padding(String name, int pad, String kernel, long extent) {
    if (pad >= extent) {
      throw new InvalidSpecException(
          name + "=" + pad + " must be less than the " + kernel + " " + extent);
    }
  }

  /** Output height. */
  public int oh() {
    return oh(window, ih, ceilMode);
  }

  /** Output width. */
  public int ow() {
    return ow(window, iw, ceilMode);
  }

  private static int oh(Window window, int ih, boolean ceilMode) {
    int whole = window.outH(ih);
    return ceilMode
        ? ceil(ih, window.padTop(), window.padBottom(), window.extentH(), window.strideH())
        : whole;
  }

  private static int ow(Window window, int iw, boolean ceilMode) {
    int whole = window.outW(iw);
    return ceilMode
        ? ceil(iw, window.padLeft(), window.padRight(), window.extentW(), window.strideW())
        : whole;
  }

  private static int ceil(int size, int before, int after, long extent, int stride) {
    long out = Math.ceilDiv((long) size + before + after - extent, (long) stride) + 1;
    boolean startsOutside = (out - 1) * stride >= (long) size + before;
    return (int) (startsOutside ? out - 1 : out);
  }

  public Shape output() {
    return Shape.of(n, c, oh(), ow());
  }
}
