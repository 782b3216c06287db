// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

/**
 * Winograd's minimal filtering for 3×3 windows of stride 1: a tile of {@code m × m} outputs from
 * {@code (m + 2) × (m + 2)} inputs with {@code (m + 2)²} multiplications for each pair of channels
 * in place of {@code 9·m²}.
 *
 * <p>{@code Y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A}, for filter {@code g} and input tile {@code d}; summed
 * over input channels before the outer transform. In exact arithmetic that is the convolution. In
 * float32 its errors are larger, and follow the largest input of a tile, not those that an output
 * is made of; NaN and infinities reach all outputs of the tile. Matrices and names: Lavin and Gray,
 * "Fast Algorithms for Convolutional Neural Networks", 2015.
 */
public enum Winograd {
  /** Tiles of 2×2 outputs: 2.25 times fewer multiplications, from the points 0, 1, −1. */
  F2(2),

  /** Tiles of 4×4 outputs: 4 times fewer multiplications, from the points 0, 1, −1, 2, −2. */
  F4(4);

  /** Rows and columns of the windows. */
  public static final int TAPS = 3;

  private final int outputTile;

  Winograd(int outputTile) {
    this.outputTile = outputTile;
  }

  /** Rows and columns of a tile of outputs: {@code m}. */
  public int outputTile() {
    return outputTile;
  }

  /** Rows and columns of a tile of inputs: {@code m + 2}. */
  public int inputTile() {
    return outputTile + TAPS - 1;
  }

  /** Multiplications of a tile for each pair of channels: {@code (m + 2)²}. */
  public int products() {
    return inputTile() * inputTile();
  }

  /** {@code Bᵀ}, {@code [m + 2][m + 2]}; a new array. */
  public double[][] inputTransform() {
    return switch (this) {
      case F2 -> new double[][] {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}};
      case F4 ->
          new double[][] {
            {4, 0, -5, 0, 1, 0},
            {0, -4, -4, 1, 1, 0},
            {0, 4, -4, -1, 1, 0},
            {0, -2, -1, 2, 1, 0},
            {0, 2, -1, -2, 1, 0},
            {0, 4, 0, -5, 0, 1}
          };
    };
  }

  /** {@code G}, {@code [m + 2][3]}; a new array. */
  public double[][] filterTransform() {
    return switch (this) {
      case F2 ->
          new double[][] {
            {1, 0, 0}, {1 / 2.0, 1 / 2.0, 1 / 2.0}, {1 / 2.0, -1 / 2.0, 1 / 2.0}, {0, 0, 1}
          };
      case F4 ->
          new double[][] {
            {1 / 4.0, 0, 0},
            {-1 / 6.0, -1 / 6.0, -1 / 6.0},
            {-1 / 6.0, 1 / 6.0, -1 / 6.0},
            {1 / 24.0, 1 / 12.0, 1 / 6.0},
            {1 / 24.0, -1 / 12.0, 1 / 6.0},
            {0, 0, 1}
          };
    };
  }

  /** {@code Aᵀ}, {@code [m][m + 2]}; a new array. */
  public double[][] outputTransform() {
    return switch (this) {
      case F2 -> new double[][] {{1, 1, 1, 0}, {0, 1, -1, -1}};
      case F4 ->
          new double[][] {
            {1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}
          };
    };
  }

  /** Whether the formula is for such windows: 3×3, stride 1, not dilated. */
  public static boolean fits(Window window) {
    return window.kh() == TAPS
        && window.kw() == TAPS
        && window.strideH() == 1
        && window.strideW() == 1
        && window.dilationH() == 1
        && window.dilationW() == 1;
  }

  /** {@code T · x · Tᵀ}. */
  public static double[][] applied(double[][] transform, double[][] x) {
    return product(product(transform, x), transposed(transform));
  }

  private static double[][] product(double[][] left, double[][] right) {
    double[][] product = new double[left.length][right[0].length];
    for (int i = 0; i < left.length; i++) {
      for (int k = 0; k < right.length; k++) {
        for (int j = 0; j < right[0].length; j++) {
          product[i][j] += left[i][k] * right[k][j];
        }
      }
    }
    return product;
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] transposed = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[0].length; j++) {
        transposed[j][i] = matrix[i][j];
      }
    }
    return transposed;
  }
}
