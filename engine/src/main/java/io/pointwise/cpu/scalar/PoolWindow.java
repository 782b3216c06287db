// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.PoolSpec;
import io.pointwise.layer.Window;

/**
 * One window of a pooling: which of its taps lie inside the input.
 *
 * @param plane position of the channel's first element in the input
 * @param top input row of the first tap; negative in the padding
 * @param left input column of the first tap
 */
record PoolWindow(PoolSpec spec, long plane, long top, long left) {
  /** What is done for the window of the output element at position {@code at}. */
  interface Body {
    void run(PoolWindow window, long at);
  }

  static void overOutputs(PoolSpec spec, Workers workers, Body body) {
    int oh = spec.oh();
    int ow = spec.ow();
    Window w = spec.window();
    workers.run(
        Math.multiplyExact(spec.n(), spec.c()),
        channel -> {
          long plane = (long) channel * spec.ih() * spec.iw();
          for (int r = 0; r < oh; r++) {
            for (int c = 0; c < ow; c++) {
              long top = (long) r * w.strideH() - w.padTop();
              long left = (long) c * w.strideW() - w.padLeft();
              body.run(new PoolWindow(spec, plane, top, left), ((long) channel * oh + r) * ow + c);
            }
          }
        });
  }

  int firstP() {
    return tapsBefore(0, top, spec.window().dilationH(), spec.window().kh());
  }

  int endP() {
    return tapsBefore(spec.ih(), top, spec.window().dilationH(), spec.window().kh());
  }

  int firstQ() {
    return tapsBefore(0, left, spec.window().dilationW(), spec.window().kw());
  }

  int endQ() {
    return tapsBefore(spec.iw(), left, spec.window().dilationW(), spec.window().kw());
  }

  /** Position in the input of tap {@code [p, q]}. */
  long index(int p, int q) {
    long row = top + (long) p * spec.window().dilationH();
    return plane + row * spec.iw() + left + (long) q * spec.window().dilationW();
  }

  long tapsInInput() {
    return (long) (endP() - firstP()) * (endQ() - firstQ());
  }

  /**
   * Taps inside the input or its padding: all but those that a partial window of ceil mode has
   * beyond.
   */
  long tapsInPaddedInput() {
    Window w = spec.window();
    long rows = tapsBefore((long) spec.ih() + w.padBottom(), top, w.dilationH(), w.kh());
    long columns = tapsBefore((long) spec.iw() + w.padRight(), left, w.dilationW(), w.kw());
    return rows * columns;
  }

  /**
   * How many of the {@code taps} at {@code start, start + dilation, …} are less than {@code limit}.
   */
  private static int tapsBefore(long limit, long start, int dilation, int taps) {
    return Math.clamp(Math.ceilDiv(limit - start, (long) dilation), 0, taps);
  }
}
