// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Winograd;

/**
 * The tiles of all images of a convolution, numbered through, and what of each is in its image.
 *
 * @param rows of tiles in an image
 * @param columns of tiles in an image
 */
record WinogradTiles(ConvSpec spec, Winograd formula, int rows, int columns) {
  static WinogradTiles of(ConvSpec spec, Winograd formula) {
    return new WinogradTiles(
        spec,
        formula,
        Math.ceilDiv(spec.oh(), formula.outputTile()),
        Math.ceilDiv(spec.ow(), formula.outputTile()));
  }

  /** In all images. */
  int count() {
    return Math.multiplyExact(spec.n(), perImage());
  }

  int perImage() {
    return rows * columns;
  }

  /** First row of the input under a row of tiles; negative in the padding. */
  int inputRow(int row) {
    return row * formula.outputTile() - spec.window().padTop();
  }

  /** First column of the input under a column of tiles. */
  int inputColumn(int column) {
    return column * formula.outputTile() - spec.window().padLeft();
  }

  /** Which rows under a row of tiles are in the image. */
  WinogradInput.Extent inputRows(int row) {
    return inside(inputRow(row), spec.ih());
  }

  /** Which columns under a column of tiles are in the image. */
  WinogradInput.Extent inputColumns(int column) {
    return inside(inputColumn(column), spec.iw());
  }

  private WinogradInput.Extent inside(int first, int size) {
    int from = Math.clamp(-(long) first, 0, formula.inputTile());
    int to = Math.clamp((long) size - first, from, formula.inputTile());
    return new WinogradInput.Extent(from, to);
  }

  /** Rows of outputs that a row of tiles has. */
  int outputRows(int row) {
    return Math.min(formula.outputTile(), spec.oh() - row * formula.outputTile());
  }

  /** Columns of outputs that a column of tiles has. */
  int outputColumns(int column) {
    return Math.min(formula.outputTile(), spec.ow() - column * formula.outputTile());
  }
}
