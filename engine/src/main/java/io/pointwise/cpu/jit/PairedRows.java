// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Emits {@code T · x} for a matrix in which rows come in pairs {@code even + odd, even − odd}: the
 * transforms from points {@code p} and {@code −p}. Both parts are summed once.
 */
final class PairedRows {
  private static final int EVEN = 8;
  private static final int ODD = 9;
  private static final int SUM = 10;
  private static final int CONSTANTS = 12;

  private final VectorAssembler v;
  private final double[][] matrix;
  private final Combination combination;

  PairedRows(Assembler assembler, double[][] matrix) {
    this.v = assembler.vectors();
    this.matrix = matrix;
    this.combination = new Combination(assembler, matrix, CONSTANTS);
  }

  /** Takes what was computed, from a register that is free afterwards. */
  interface Sink {
    void take(int row, Vec value);
  }

  /**
   * Emits all rows.
   *
   * @param inputs registers 0 to 7; null for zero
   */
  void emit(List<@Nullable Vec> inputs, Sink sink) {
    for (int row = 0; row < matrix.length; row++) {
      if (row + 1 < matrix.length && isPair(matrix[row], matrix[row + 1])) {
        emitPair(row, inputs, sink);
        row++;
      } else {
        sink.take(row, orZero(combination.emit(matrix[row], inputs, Vec.of(SUM)), SUM));
      }
    }
  }

  private void emitPair(int row, List<@Nullable Vec> inputs, Sink sink) {
    double[] even = half(matrix[row], matrix[row + 1], 1);
    double[] odd = half(matrix[row], matrix[row + 1], -1);
    Vec e = orZero(combination.emit(even, inputs, Vec.of(EVEN)), EVEN);
    Vec o = orZero(combination.emit(odd, inputs, Vec.of(ODD)), ODD);
    Vec sum = Vec.of(SUM);
    v.add(sum, e, o);
    sink.take(row, sum);
    v.subtract(sum, e, o);
    sink.take(row + 1, sum);
  }

  private Vec orZero(boolean emitted, int register) {
    if (!emitted) {
      v.zero(Vec.of(register));
    }
    return Vec.of(register);
  }

  private static boolean isPair(double[] first, double[] second) {
    boolean differ = false;
    for (int i = 0; i < first.length; i++) {
      if (Math.abs(first[i]) != Math.abs(second[i])) {
        return false;
      }
      differ |= first[i] != second[i];
    }
    return differ;
  }

  private static double[] half(double[] first, double[] second, int sign) {
    double[] half = new double[first.length];
    for (int i = 0; i < half.length; i++) {
      half[i] = (first[i] + sign * second[i]) / 2;
    }
    return half;
  }
}
