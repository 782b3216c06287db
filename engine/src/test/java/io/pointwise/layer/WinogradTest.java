// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WinogradTest {
  private static double[][] integers(SplittableRandom random, int size) {
    double[][] matrix = new double[size][size];
    for (double[] row : matrix) {
      for (int j = 0; j < size; j++) {
        row[j] = random.nextInt(-9, 10);
      }
    }
    return matrix;
  }

  @ParameterizedTest
  @EnumSource
  void theFormulaIsTheConvolution(Winograd formula) {
    SplittableRandom random = new SplittableRandom(7);
    for (int trial = 0; trial < 100; trial++) {
      double[][] d = integers(random, formula.inputTile());
      double[][] g = integers(random, Winograd.TAPS);
      double[][] products = Winograd.applied(formula.filterTransform(), g);
      double[][] input = Winograd.applied(formula.inputTransform(), d);
      for (int i = 0; i < products.length; i++) {
        for (int j = 0; j < products.length; j++) {
          products[i][j] *= input[i][j];
        }
      }
      double[][] y = Winograd.applied(formula.outputTransform(), products);
      assertEquals(formula.outputTile(), y.length);
      for (int r = 0; r < y.length; r++) {
        for (int c = 0; c < y.length; c++) {
          double sum = 0;
          for (int p = 0; p < Winograd.TAPS; p++) {
            for (int q = 0; q < Winograd.TAPS; q++) {
              sum += g[p][q] * d[r + p][c + q];
            }
          }
          assertEquals(sum, y[r][c], 1e-9);
        }
      }
    }
  }

  @Test
  void tilesAndProductsAreThoseOfTheNames() {
    assertEquals(2, Winograd.F2.outputTile());
    assertEquals(16, Winograd.F2.products());
    assertEquals(4, Winograd.F4.outputTile());
    assertEquals(36, Winograd.F4.products());
  }

  @Test
  void itIsForPlainThreeByThreeWindows() {
    assertTrue(Winograd.fits(Window.square(3)));
    assertTrue(Winograd.fits(Window.square(3).pad(2, 0, 1, 5)));
    assertFalse(Winograd.fits(Window.square(3).stride(1, 2)));
    assertFalse(Winograd.fits(Window.square(3).dilation(2)));
    assertFalse(Winograd.fits(Window.of(3, 1)));
    assertFalse(Winograd.fits(Window.square(5)));
  }

  @Test
  void matricesAreCopies() {
    Winograd.F2.inputTransform()[0][0] = 99;
    assertEquals(1, Winograd.F2.inputTransform()[0][0]);
  }
}
