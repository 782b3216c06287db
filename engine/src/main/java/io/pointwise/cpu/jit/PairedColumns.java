// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Emits {@code T · x} for a matrix in which columns come in pairs that are equal in some rows and
 * opposite in the others: the transforms to values at points from those at {@code p} and {@code
 * −p}. The pair's sum and difference are computed once and take its place.
 */
final class PairedColumns {
  private static final int SUM = 11;
  private static final int CONSTANTS = 12;

  private final VectorAssembler v;
  private final double[][] matrix;
  private final Combination combination;

  PairedColumns(Assembler assembler, double[][] matrix) {
    this.v = assembler.vectors();
    this.matrix = matrix;
    this.combination = new Combination(assembler, matrix, CONSTANTS);
  }

  /**
   * Emits the first {@code count} rows.
   *
   * @param inputs registers 0 to 7, which are overwritten
   * @param sink takes what was computed, from a register that is free afterwards
   */
  void emit(List<@Nullable Vec> inputs, int count, PairedRows.Sink sink) {
    int columns = matrix[0].length;
    List<Integer> pairs = new ArrayList<>();
    for (int column = 0; column + 1 < columns; column++) {
      if (isPair(column)) {
        pairs.add(column);
        sumAndDifference(inputs.get(column), inputs.get(column + 1));
        column++;
      }
    }
    for (int row = 0; row < count; row++) {
      double[] coefficients = matrix[row].clone();
      for (int column : pairs) {
        // The left place holds the sum now, the right one the difference.
        boolean equal = coefficients[column] == coefficients[column + 1];
        coefficients[column + 1] = equal ? 0 : coefficients[column];
        coefficients[column] = equal ? coefficients[column] : 0;
      }
      combination.emit(coefficients, inputs, Vec.of(SUM));
      sink.take(row, Vec.of(SUM));
    }
  }

  private void sumAndDifference(@Nullable Vec left, @Nullable Vec right) {
    if (left == null || right == null) {
      throw new IllegalArgumentException("a pair lacks an input");
    }
    Vec sum = Vec.of(SUM);
    v.add(sum, left, right);
    v.subtract(right, left, right);
    v.move(left, sum);
  }

  private boolean isPair(int column) {
    boolean differ = false;
    boolean equal = false;
    for (double[] row : matrix) {
      if (Math.abs(row[column]) != Math.abs(row[column + 1])) {
        return false;
      }
      differ |= row[column] != row[column + 1];
      equal |= row[column] == row[column + 1] && row[column] != 0;
    }
    return differ && equal;
  }
}
