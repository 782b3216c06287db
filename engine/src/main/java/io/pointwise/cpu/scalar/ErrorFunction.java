// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

/**
 * The error function {@code erf(x) = 2/√π ∫₀ˣ exp(−t²) dt} and its complement {@code erfc(x) = 1 −
 * erf(x)}, in double precision.
 *
 * <p>From Abramowitz and Stegun, "Handbook of Mathematical Functions", chapter 7. For {@code |x| <
 * 2} the series 7.1.6, {@code erf(x) = 2/√π·exp(−x²)·Σ 2ⁿx²ⁿ⁺¹/(1·3·…·(2n + 1))}: all terms have
 * one sign, so none cancels another. From there on the continued fraction 7.1.14, {@code
 * √π·exp(x²)· erfc(x) = 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + 2/(x + …)))))}, from behind. Relative
 * errors are a few 2⁻⁵², but up to 5·10⁻¹⁴ of erfc below 2, where it is taken from erf.
 */
public final class ErrorFunction {
  private static final double SERIES_END = 2;

  /** Beyond, erfc is less than the least double. */
  private static final double TAIL_END = 28;

  private static final double ROOT_PI = Math.sqrt(Math.PI);

  private ErrorFunction() {}

  /** {@code erf(x)}; NaN for NaN. */
  public static double erf(double x) {
    return Math.abs(x) < SERIES_END ? series(x) : Math.copySign(1 - tail(Math.abs(x)), x);
  }

  /** {@code erfc(x)}, accurate where it is small; NaN for NaN. */
  public static double erfc(double x) {
    if (Math.abs(x) < SERIES_END) {
      return 1 - series(x);
    }
    return x < 0 ? 2 - tail(-x) : tail(x);
  }

  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 0x1p-60 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / ROOT_PI * Math.exp(-x * x) * sum;
  }

  /** erfc of a number over 2, or of NaN. */
  private static double tail(double x) {
    if (x > TAIL_END) {
      return 0;
    }
    // What is left out after n parts is of the order exp(−x·√(8n)).
    int parts = (int) (250 / (x * x)) + 8;
    double denominator = x;
    for (int k = parts; k > 0; k--) {
      denominator = x + 0.5 * k / denominator;
    }
    // A float's square is an exact double: the exponent of exp(−x²) must not be rounded.
    double head = (float) x;
    double gauss = Math.exp(-head * head) * Math.exp((head - x) * (head + x));
    return gauss / (ROOT_PI * denominator);
  }
}
