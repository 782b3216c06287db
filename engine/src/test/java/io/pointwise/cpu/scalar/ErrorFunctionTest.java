// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

/** Reference values: DLMF, chapter 7, and Abramowitz and Stegun, table 7.1, to more digits. */
class ErrorFunctionTest {
  private static void assertClose(double expected, double actual, double relative) {
    assertEquals(expected, actual, relative * Math.abs(expected));
  }

  @Test
  void agreesWithTheTables() {
    assertClose(0.1124629160182849, ErrorFunction.erf(0.1), 1e-15);
    assertClose(0.5204998778130465, ErrorFunction.erf(0.5), 1e-15);
    assertClose(0.8427007929497149, ErrorFunction.erf(1), 1e-15);
    assertClose(0.9953222650189527, ErrorFunction.erf(2), 1e-15);
    assertClose(0.9999779095030014, ErrorFunction.erf(3), 1e-15);
    assertClose(0.004677734981047266, ErrorFunction.erfc(2), 1e-14);
    assertClose(2.209049699858544e-05, ErrorFunction.erfc(3), 1e-14);
    assertClose(1.537459794428035e-12, ErrorFunction.erfc(5), 1e-14);
    assertClose(2.088487583762545e-45, ErrorFunction.erfc(10), 1e-14);
  }

  /** The series of alternating signs, which needs many digits, in arithmetic that has them. */
  @Test
  void agreesWithTheSeriesInFiftyDigits() {
    MathContext digits = new MathContext(50);
    for (double x = 1.0 / 64; x < 4.5; x += 0.171875) {
      BigDecimal square = new BigDecimal(x).pow(2).negate();
      BigDecimal power = new BigDecimal(x);
      BigDecimal sum = power;
      for (int n = 1; n < 150; n++) {
        power = power.multiply(square, digits).divide(BigDecimal.valueOf(n), digits);
        sum = sum.add(power.divide(BigDecimal.valueOf(2L * n + 1), digits), digits);
      }
      BigDecimal rootPi = new BigDecimal("1.7724538509055160272981674833411451827975494561224");
      BigDecimal erf = sum.multiply(BigDecimal.TWO).divide(rootPi, digits);
      assertClose(erf.doubleValue(), ErrorFunction.erf(x), 1e-15);
      assertClose(BigDecimal.ONE.subtract(erf).doubleValue(), ErrorFunction.erfc(x), 5e-14);
    }
  }

  @Test
  void isOdd() {
    for (double x : new double[] {0, 1e-300, 0.3, 1.9, 2, 2.1, 7, 40, Double.POSITIVE_INFINITY}) {
      assertEquals(-ErrorFunction.erf(x), ErrorFunction.erf(-x));
      assertEquals(2 - ErrorFunction.erfc(x), ErrorFunction.erfc(-x));
    }
  }

  @Test
  void knowsItsLimits() {
    assertEquals(1, ErrorFunction.erf(Double.POSITIVE_INFINITY));
    assertEquals(0, ErrorFunction.erfc(Double.POSITIVE_INFINITY));
    assertEquals(2, ErrorFunction.erfc(Double.NEGATIVE_INFINITY));
    assertEquals(Double.NaN, ErrorFunction.erf(Double.NaN));
    assertEquals(Double.NaN, ErrorFunction.erfc(Double.NaN));
  }
}
