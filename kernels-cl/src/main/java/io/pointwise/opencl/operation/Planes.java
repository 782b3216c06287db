// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.opencl.operation;

import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the taps of a window lie in an input that was rearranged, so that each tap is one constant
 * distance from each output position.
 *
 * <p>Each channel is padded and split by the remainders of row and column modulo the stride; only
 * remainders that some tap meets are kept. All planes of a channel have {@link #rows} rows of
 * {@link #columns} columns. Output {@code [r, c]} is position {@code r·columns + c}, and tap {@code
 * [p, q]} reads that position plus {@link #offsets}. A pointwise convolution is the special case
 * whose planes are the input itself.
 *
 * @param spec of the convolution
 * @param rowPhases remainders of rows, ascending
 * @param columnPhases remainders of columns, ascending
 */
record Planes(ConvSpec spec, List<Integer> rowPhases, List<Integer> columnPhases) {
  static Planes of(ConvSpec spec) {
    Window window = spec.window();
    return new Planes(
        spec,
        phases(window.kh(), window.dilationH(), window.strideH()),
        phases(window.kw(), window.dilationW(), window.strideW()));
  }

  private static List<Integer> phases(int taps, int dilation, int stride) {
    return IntStream.range(0, taps)
        .map(tap -> (int) ((long) tap * dilation % stride))
        .distinct()
        .sorted()
        .boxed()
        .toList();
  }

  /** Whether the input serves as it is. */
  boolean isInput() {
    return spec.isPointwise();
  }

  /** Rows of a plane. */
  long rows() {
    Window window = spec.window();
    return spec.oh() + (window.extentH() - 1) / window.strideH();
  }

  /** Columns of a plane. */
  long columns() {
    Window window = spec.window();
    return spec.ow() + (window.extentW() - 1) / window.strideW();
  }

  /** Planes of a channel. */
  int perChannel() {
    return rowPhases.size() * columnPhases.size();
  }

  /** Elements of a channel. */
  long channel() {
    return perChannel() * rows() * columns();
  }

  /** Positions from the first output to the last; a few between rows are none. */
  long positions() {
    return (spec.oh() - 1L) * columns() + spec.ow();
  }

  /** All elements. */
  long elements() {
    return (long) spec.n() * spec.ic() * channel();
  }

  /** For each tap, row by row, how far from an output position it reads. */
  List<Long> offsets() {
    Window window = spec.window();
    List<Long> offsets = new ArrayList<>();
    for (int p = 0; p < window.kh(); p++) {
      for (int q = 0; q < window.kw(); q++) {
        long row = (long) p * window.dilationH();
        long column = (long) q * window.dilationW();
        int plane =
            rowPhases.indexOf((int) (row % window.strideH())) * columnPhases.size()
                + columnPhases.indexOf((int) (column % window.strideW()));
        offsets.add(
            (plane * rows() + row / window.strideH()) * columns() + column / window.strideW());
      }
    }
    return offsets;
  }
}
