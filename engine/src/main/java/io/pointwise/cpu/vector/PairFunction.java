// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.layer.Add;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Mul;
import io.pointwise.layer.Operation;

/**
 * A function of two floats over two arrays. As with {@link RunFunction} each has a loop of its own;
 * these are plain ones, which the compiler turns into vectors by itself where both operands and the
 * result are arrays, and which are not slow before it has.
 */
sealed interface PairFunction {
  /** The bits of 1. */
  int ONE = Float.floatToRawIntBits(1);

  /** Puts the function of {@code x[i]} and {@code y[i]} into {@code x[i]}. */
  void apply(float[] x, float[] y, int count);

  static PairFunction of(Operation operation) {
    return switch (operation) {
      case Add _ -> new Sum();
      case Mul _ -> new Product();
      case Elementwise(Elementwise.Function function) ->
          switch (function) {
            case SUBTRACT -> new Difference();
            case DIVIDE -> new Quotient();
            case MINIMUM -> new Minimum();
            case MAXIMUM -> new Maximum();
            case POWER -> new Power();
            case EQUAL -> new Equal();
            case LESS -> new Less();
            case LESS_OR_EQUAL -> new LessOrEqual();
            case AND -> new And();
            case OR -> new Or();
          };
      default -> throw new IllegalArgumentException(operation + " is no function of two");
    };
  }

  /** {@code x + y}. */
  record Sum() implements PairFunction {
    @Override
    public void apply(float[] x, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        x[i] = x[i] + y[i];
      }
    }
  }

  /** {@code x · y}. */
  record Product() implements PairFunction {
    @Override
    public void apply(float[] x, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        x[i] = x[i] * y[i];
      }
    }
  }

  /** {@code x − y}. */
  record Difference() implements PairFunction {
    @Override
    public void apply(float[] x, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        x[i] = x[i] - y[i];
      }
    }
  }

  /** {@code x / y}. */
  record Quotient() implements PairFunction {
    @Override
    public void apply(float[] x, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        x[i] = x[i] / y[i];
      }
    }
  }

  /** The lesser; NaN if either is. */
  record Minimum() implements PairFunction {
    @Override
    public void apply(float[] x, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        x[i] = Math.min(x[i], y[i]);
      }
    }
  }

  /** The greater; NaN if either is. */
  record Maximum() implements PairFunction {
    @Override
    public void apply(float[] x, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        x[i] = Math.max(x[i], y[i]);
      }
    }
  }

  /**
   * As IEEE 754 has it, where {@code Math.pow} differs, 1 to any power is 1, so is −1 to ±∞; but
   * NaN gives NaN.
   */
  record Power() implements PairFunction {
    @Override
    public void apply(float[] x, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        x[i] = power(x[i], y[i]);
      }
    }

    private static float power(float x, float y) {
      if (Float.isNaN(x)) {
        return x;
      }
      return Math.abs(x) == 1 && Float.isInfinite(y) ? 1 : (float) Math.pow(x, y);
    }
  }

  /** Whether {@code x = y}. */
  record Equal() implements PairFunction {
    @Override
    public void apply(float[] x, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        x[i] = truth(x[i] == y[i]);
      }
    }
  }

  /** Whether {@code x < y}. */
  record Less() implements PairFunction {
    @Override
    public void apply(float[] x, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        x[i] = truth(x[i] < y[i]);
      }
    }
  }

  /** Whether {@code x ≤ y}. */
  record LessOrEqual() implements PairFunction {
    @Override
    public void apply(float[] x, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        x[i] = truth(x[i] <= y[i]);
      }
    }
  }

  /** Whether both are true. */
  record And() implements PairFunction {
    @Override
    public void apply(float[] x, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        x[i] = truth(x[i] != 0 && y[i] != 0);
      }
    }
  }

  /** Whether one at least is true. */
  record Or() implements PairFunction {
    @Override
    public void apply(float[] x, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        x[i] = truth(x[i] != 0 || y[i] != 0);
      }
    }
  }

  /** 1 or 0, chosen as whole numbers, which the compiler does branchless. */
  private static float truth(boolean condition) {
    return Float.intBitsToFloat(condition ? ONE : 0);
  }
}
