// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.layer.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * A window along one axis: rows or columns.
 *
 * @param taps of the window
 * @param stride between two windows
 * @param dilation between two taps
 * @param before padding in front
 * @param after padding behind
 * @param size of the input
 * @param places of the output
 */
record WindowAxis(int taps, int stride, int dilation, int before, int after, int size, int places) {
  /**
   * The taps of one place of the output.
   *
   * @param first that lies in the input; 0 if none does
   * @param end behind the last that does; 0 if none does
   * @param padded how many lie in the padded input
   */
  record Taps(int first, int end, int padded) {
    boolean has(int tap) {
      return first <= tap && tap < end;
    }

    int count() {
      return end - first;
    }
  }

  static WindowAxis rows(Window w, int ih, int oh) {
    return new WindowAxis(w.kh(), w.strideH(), w.dilationH(), w.padTop(), w.padBottom(), ih, oh);
  }

  static WindowAxis columns(Window w, int iw, int ow) {
    return new WindowAxis(w.kw(), w.strideW(), w.dilationW(), w.padLeft(), w.padRight(), iw, ow);
  }

  /** The taps of each place of the output. */
  List<Taps> all() {
    List<Taps> all = new ArrayList<>();
    for (int place = 0; place < places; place++) {
      all.add(at(place));
    }
    return all;
  }

  private Taps at(int place) {
    long start = (long) place * stride - before;
    int first = tapsBefore(0, start);
    int end = tapsBefore(size, start);
    int padded = tapsBefore((long) size + after, start);
    return first < end ? new Taps(first, end, padded) : new Taps(0, 0, padded);
  }

  /** How many taps, the first at {@code start}, lie before {@code limit}. */
  private int tapsBefore(long limit, long start) {
    return Math.clamp(Math.ceilDiv(limit - start, (long) dilation), 0, taps);
  }
}
