// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;

/** ONNX's attributes of a sliding window. */
final class OnnxWindow {
  private OnnxWindow() {}

  private static Window unpadded(OnnxCase test, int... kernel) {
    int[] size = test.integers("kernel_shape", kernel);
    int[] strides = test.integers("strides", 1, 1);
    int[] dilations = test.integers("dilations", 1, 1);
    return Window.of(size[0], size[1])
        .stride(strides[0], strides[1])
        .dilation(dilations[0], dilations[1]);
  }

  /** Of a convolution or pooling of an input of this shape. */
  static Window of(OnnxCase test, Shape input, int... kernel) {
    Window window = unpadded(test, kernel);
    int[] pads = test.integers("pads", 0, 0, 0, 0);
    int h = needed(input.dim(2), window.strideH(), window.extentH());
    int w = needed(input.dim(3), window.strideW(), window.extentW());
    return switch (test.text("auto_pad", "NOTSET")) {
      case "SAME_UPPER" -> window.pad(h / 2, w / 2, h - h / 2, w - w / 2);
      case "SAME_LOWER" -> window.pad(h - h / 2, w - w / 2, h / 2, w / 2);
      case "VALID" -> window;
      default -> window.pad(pads[0], pads[1], pads[2], pads[3]);
    };
  }

  /** Padding that gives {@code ⌈size/stride⌉} windows. */
  private static int needed(int size, int stride, long extent) {
    return (int) Math.max(0, (Math.ceilDiv(size, stride) - 1L) * stride + extent - size);
  }

  /** Of a transposed convolution, whose padding may follow from the size of the output. */
  static Window ofTransposed(OnnxCase test, Shape input, int... kernel) {
    if (!sizeIsGiven(test)) {
      return of(test, input, kernel);
    }
    Window window = unpadded(test, kernel);
    int[] surplus = surplus(test, input, window);
    boolean upper = test.text("auto_pad", "NOTSET").equals("SAME_UPPER");
    int h = Math.max(0, surplus[0]);
    int w = Math.max(0, surplus[1]);
    int top = upper ? h / 2 : h - h / 2;
    int left = upper ? w / 2 : w - w / 2;
    return window.pad(top, left, h - top, w - left);
  }

  /** Rows and columns that a transposed convolution adds at the end of its output. */
  static int[] outputPad(OnnxCase test, Shape input, int... kernel) {
    int[] given = test.integers("output_padding", 0, 0);
    if (!sizeIsGiven(test)) {
      return given;
    }
    int[] surplus = surplus(test, input, unpadded(test, kernel));
    return new int[] {given[0] + Math.max(0, -surplus[0]), given[1] + Math.max(0, -surplus[1])};
  }

  private static boolean sizeIsGiven(OnnxCase test) {
    return test.text("auto_pad", "NOTSET").startsWith("SAME")
        || test.integers("output_shape").length > 0;
  }

  /** Rows and columns that the output would have too many without padding; negative if too few. */
  private static int[] surplus(OnnxCase test, Shape input, Window window) {
    int[] outputPad = test.integers("output_padding", 0, 0);
    int[] size =
        test.integers(
            "output_shape", input.dim(2) * window.strideH(), input.dim(3) * window.strideW());
    int h = (input.dim(2) - 1) * window.strideH() + outputPad[0] + (int) window.extentH();
    int w = (input.dim(3) - 1) * window.strideW() + outputPad[1] + (int) window.extentW();
    return new int[] {h - size[0], w - size[1]};
  }
}
