// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.device.Precision;

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

  /**
   * What TF32 may change of an operand, relative to it: it keeps 10 bits behind the leading one.
   * Rounding to the nearest changes at most 2⁻¹¹ of it; 2⁻¹⁰ covers hardware that is given float32
   * and leaves out the bits that it does not keep.
   */
  static final double TF32 = 0x1p-10;

  /**
   * For each addition of a tensor core in units of {@link #U}. It does not round to the nearest and
   * aligns the numbers that it adds at once by cutting off what is below the largest: Fasi, Higham,
   * Mikaitis and Pranesh, "Numerical behavior of NVIDIA tensor cores", 2021, find a last bit cut
   * off (2u) of each addend and of the sum.
   */
  private static final int TENSOR_CORE_ADDITION = 4;

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
   * {@code γ} of {@code n} additions in a sum of products as a precision has them.
   *
   * @throws IllegalArgumentException if no bound is known for the precision
   */
  static double ofAdditions(long n, Precision precision) {
    return switch (precision) {
      case FP32 -> gamma(n);
      case TF32 -> gamma(TENSOR_CORE_ADDITION * n);
      case FP16, BF16 ->
          throw new IllegalArgumentException("no bound is known for sums in " + precision);
    };
  }

  /**
   * The relative error of a product that goes through {@code n} roundings in its sum: those of
   * {@link #ofAdditions}, and in TF32 what happens to its two factors before: {@code (1 + t)²(1 +
   * γ) − 1}.
   */
  static double ofProducts(long n, Precision precision) {
    double additions = ofAdditions(n, precision);
    return precision == Precision.TF32 ? (1 + TF32) * (1 + TF32) * (1 + additions) - 1 : additions;
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
