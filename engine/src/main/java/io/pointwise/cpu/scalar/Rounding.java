// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

/**
 * What float32 arithmetic may do to a result, in numbers.
 *
 * <p>The model is that of Higham, "Accuracy and Stability of Numerical Algorithms", 2nd edition,
 * chapters 2 and 3: every operation gives {@code (a ∘ b)(1 + δ)} with {@code |δ| ≤ u}, and {@code
 * n} such factors in a row differ from 1 by at most {@code γ_n = n·u / (1 − n·u)}, in whatever
 * order and with or without fused multiply-adds. To that comes {@link #TINY} for every result that
 * may be flushed to zero. The model knows no overflow of intermediate results.
 */
public final class Rounding {
  /**
   * Unit roundoff of float32, 2⁻²⁴, and a millionth more: the reference's own double arithmetic has
   * the same error analysis with 2⁻⁵³, which this hair covers for sums of up to 500 million terms.
   */
  public static final double U = 0x1p-24 * (1 + 0x1p-20);

  /** The smallest normal float32: what is below may become zero on devices that flush. */
  public static final double TINY = 0x1p-126;

  /** Below, one of the operands may be so small that a device takes it for zero. */
  private static final double LEAST_HELD = 0x1p-100;

  /*
   * Accuracy asked of functions, as roundings: an error of one ulp is at most 2u of the value. The
   * limits of the full profile of OpenCL 3.0 (section 7.4: exp 3 ulp, log 3, tanh 5, pow 16, erf 16,
   * division 2.5, sqrt 3) with about a third on top, since a device may put, say, x·log₂e into exp2. CUDA's
   * functions without fast-math and the JDK's are within.
   */

  /** Of {@code exp} and {@code expm1}: 4 ulp. */
  static final int EXP = 8;

  /** Of the natural logarithm: 4 ulp. */
  static final int LOG = 8;

  /** Of {@code tanh}: 7 ulp. */
  static final int TANH = 14;

  /** Of {@code pow}: 22 ulp. */
  static final int POW = 44;

  /** Of {@code erf} and {@code erfc}: 22 ulp. */
  static final int ERF = 44;

  /** Of a division, or of a reciprocal and a product: 4 ulp. */
  static final int DIVIDE = 8;

  /** Of a square root: 4 ulp. */
  static final int SQRT = 8;

  private Rounding() {}

  /**
   * {@code γ_n}: the relative error that {@code n} roundings can make; infinite from {@code n·u =
   * 1} on.
   */
  public static double gamma(long n) {
    double nu = n * U;
    return nu < 1 ? nu / (1 - nu) : Double.POSITIVE_INFINITY;
  }

  /**
   * What one sum, difference or product adds to the error: a rounding, but nothing where its
   * operands have no error and float32 holds the result. All devices round these three correctly,
   * so whole numbers below 2²⁴ stay exact.
   *
   * @param value in double precision
   * @param incoming bound on its error before it is rounded
   */
  static double ofOne(double value, double incoming) {
    boolean held = value == (float) value && (value == 0 || Math.abs(value) >= LEAST_HELD);
    return incoming == 0 && held ? 0 : U * (Math.abs(value) + incoming) + TINY;
  }

  /** What {@code results} results may lose by being flushed to zero. */
  static double flushed(long results) {
    return results * TINY;
  }
}
