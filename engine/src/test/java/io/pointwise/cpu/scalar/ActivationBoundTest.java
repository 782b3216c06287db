// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.ActivationFunction.Affine;
import io.pointwise.layer.ActivationFunction.Celu;
import io.pointwise.layer.ActivationFunction.Elu;
import io.pointwise.layer.ActivationFunction.Erf;
import io.pointwise.layer.ActivationFunction.Exp;
import io.pointwise.layer.ActivationFunction.Gelu;
import io.pointwise.layer.ActivationFunction.Log;
import io.pointwise.layer.ActivationFunction.Mish;
import io.pointwise.layer.ActivationFunction.Reciprocal;
import io.pointwise.layer.ActivationFunction.Selu;
import io.pointwise.layer.ActivationFunction.Sigmoid;
import io.pointwise.layer.ActivationFunction.Softplus;
import io.pointwise.layer.ActivationFunction.Softsign;
import io.pointwise.layer.ActivationFunction.Sqrt;
import io.pointwise.layer.ActivationFunction.Swish;
import io.pointwise.layer.ActivationFunction.Tanh;
import io.pointwise.layer.ActivationFunction.ThresholdedRelu;
import io.pointwise.layer.ActivationFunction.WrapInteger;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * The bounds of activations hold for numbers with and without errors, for every way in which people
 * write the functions, on devices as inaccurate as OpenCL allows; and they are not much larger than
 * that takes.
 */
class ActivationBoundTest {
  private static final List<Double> ERRORS = List.of(0.0, 1e-6, 1e-3, 0.4);
  private static final float ROOT_HALF = (float) Math.sqrt(0.5);
  private static final float ROOT_2_OVER_PI = (float) Math.sqrt(2 / Math.PI);

  /** A function as someone writes it in float32. */
  private interface Naive {
    float apply(RoughFloat f, float x);
  }

  /**
   * Draws numbers of a magnitude, and checks the bound of each.
   *
   * @param slope greatest slope of the function where it is tried
   * @param loose what the bound may be beyond the incoming error times the slope, relative to
   *     {@code 1 + |y| + |x|}
   */
  private static void check(
      ActivationFunction function,
      long seed,
      double size,
      double slope,
      double loose,
      Naive naive) {
    SplittableRandom random = new SplittableRandom(seed);
    RoughFloat rough = new RoughFloat(random);
    for (double error : ERRORS) {
      for (int i = 0; i < 40; i++) {
        double any = random.nextDouble(-size, size);
        double x = error == 0 ? (float) any : any;
        double e = error * Math.abs(x);
        double y = ActivationValue.of(function, x);
        double bound = ActivationRule.error(function, x, e);
        float near = Bounds.near(random, x, e);
        float actual = naive.apply(rough, near);
        String what = function + " of " + x + " ± " + e + " at " + near + ": " + actual;
        assertTrue(
            Math.abs(actual - y) <= bound, () -> what + " is not within " + bound + " of " + y);
        double most = slope * e + loose * (1 + Math.abs(y) + Math.abs(x));
        assertTrue(bound <= most, () -> what + ": bound " + bound + " is over " + most);
      }
    }
  }

  private static float softplus(RoughFloat f, float x) {
    return Math.max(x, 0) + f.log1p(f.exp(-Math.abs(x)));
  }

  @Property(tries = 60)
  void exponentialFunctions(@ForAll long seed) {
    for (double size : new double[] {0.01, 3, 80}) {
      check(new Sigmoid(), seed, size, 0.3, 3e-6, (f, x) -> f.divide(1, 1 + f.exp(-x)));
      check(new Tanh(), seed, size, 1, 3e-6, RoughFloat::tanh);
      check(new Elu(1.5f), seed, size, 1.5, 3e-6, (f, x) -> x >= 0 ? x : 1.5f * (f.exp(x) - 1));
      float outer = 1.05f * 1.67f;
      check(
          new Selu(1.67f, 1.05f),
          seed,
          size,
          1.76,
          4e-6,
          (f, x) -> x > 0 ? 1.05f * x : outer * (f.exp(x) - 1));
      check(
          new Selu(1.67f, 1.05f),
          seed,
          size,
          1.76,
          4e-6,
          (f, x) -> 1.05f * (x > 0 ? x : 1.67f * f.exp(x) - 1.67f));
      check(
          new Celu(0.7f),
          seed,
          size,
          1,
          4e-6,
          (f, x) -> Math.max(x, 0) + Math.min(0.7f * (f.exp(f.divide(x, 0.7f)) - 1), 0));
      check(new Softplus(), seed, size, 1, 4e-6, ActivationBoundTest::softplus);
      if (size < 80) {
        // The exponential would overflow.
        check(new Softplus(), seed, size, 1, 4e-6, (f, x) -> f.log(1 + f.exp(x)));
      }
      check(new Softsign(), seed, size, 1, 3e-6, (f, x) -> f.divide(x, 1 + Math.abs(x)));
      check(new Erf(), seed, size, 1.2, 4e-6, RoughFloat::erf);
    }
  }

  @Property(tries = 60)
  void gates(@ForAll long seed) {
    for (double size : new double[] {0.01, 3, 80}) {
      check(new Swish(1), seed, size, 1.1, 4e-6, (f, x) -> f.divide(x, 1 + f.exp(-x)));
      check(
          new Swish(1.7f), seed, size, 1.1, 9e-6, (f, x) -> x * f.divide(1, 1 + f.exp(-1.7f * x)));
      check(new Swish(-0.5f), seed, size, 1.1, 4e-6, (f, x) -> f.divide(x, 1 + f.exp(0.5f * x)));
      check(new Mish(), seed, size, 1.09, 8e-6, (f, x) -> x * f.tanh(softplus(f, x)));
      if (size < 80) {
        // The squares would overflow.
        check(new Mish(), seed, size, 1.09, 8e-6, ActivationBoundTest::rationalMish);
      }
      check(
          new Gelu(false), seed, size, 1.13, 8e-6, (f, x) -> 0.5f * x * (1 + f.erf(x * ROOT_HALF)));
      check(
          new Gelu(false),
          seed,
          size,
          1.13,
          8e-6,
          (f, x) -> x * (0.5f * f.erfc(-f.divide(x, (float) Math.sqrt(2)))));
      check(
          new Gelu(true),
          seed,
          size,
          1.13,
          8e-6,
          (f, x) -> 0.5f * x * (1 + f.tanh(ROOT_2_OVER_PI * (x + 0.044715f * x * x * x))));
      check(
          new Gelu(true),
          seed,
          size,
          1.13,
          8e-6,
          (f, x) -> f.divide(x, 1 + f.exp(-2 * ROOT_2_OVER_PI * x * (1 + 0.044715f * (x * x)))));
    }
  }

  private static float rationalMish(RoughFloat f, float x) {
    float n = f.exp(x);
    float u = n * n + 2 * n;
    return x * f.divide(u, u + 2);
  }

  @Property(tries = 60)
  void elementaryFunctions(@ForAll long seed) {
    check(new Exp(), seed, 2, 12, 6e-6, RoughFloat::exp);
    check(new Affine(-3, 0.7f), seed, 10, 3, 1e-6, (f, x) -> -3 * x + 0.7f);
    check(new Affine(-3, 0.7f), seed, 10, 3, 1e-6, (f, x) -> Math.fma(-3, x, 0.7f));
    check(new ActivationFunction.Abs(), seed, 10, 1, 1e-12, (f, x) -> Math.abs(x));
    SplittableRandom random = new SplittableRandom(seed);
    RoughFloat rough = new RoughFloat(random);
    for (double error : ERRORS) {
      for (int i = 0; i < 40; i++) {
        double x = (float) Math.exp(random.nextDouble(-50, 50));
        double e = error * x;
        float near = Bounds.near(random, x, e);
        within(new Log(), x, e, rough.log(near), 2 * error + 1e-6 * (1 + Math.abs(Math.log(x))));
        within(new Sqrt(), x, e, rough.sqrt(near), Math.sqrt(x) * (error + 1e-6));
        within(new Reciprocal(), x, e, rough.divide(1, near), (2 * error + 1e-6) / x);
        within(new Reciprocal(), -x, e, rough.divide(1, -near), (2 * error + 1e-6) / x);
      }
    }
  }

  private static void within(
      ActivationFunction function, double x, double e, float actual, double most) {
    double y = ActivationValue.of(function, x);
    double bound = ActivationRule.error(function, x, e);
    String what = function + " of " + x + " ± " + e + ": " + actual;
    assertTrue(Math.abs(actual - y) <= bound, () -> what + " is not within " + bound + " of " + y);
    assertTrue(bound <= most, () -> what + ": bound " + bound + " is over " + most);
  }

  private static final List<ActivationFunction> STEPS =
      List.of(
          new ActivationFunction.Floor(),
          new ActivationFunction.Ceil(),
          new ActivationFunction.Truncate(),
          new ActivationFunction.NotZero(),
          new ThresholdedRelu(1.25f),
          new ThresholdedRelu(-0.5f),
          new WrapInteger(8, false));

  @Property(tries = 100)
  void jumpsAreCoveredWhereTheIntervalReachesOverThem(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (ActivationFunction function : STEPS) {
      double x = random.nextInt(4) == 0 ? random.nextInt(-2, 3) : random.nextDouble(-3, 3);
      double e = ERRORS.get(random.nextInt(ERRORS.size()));
      double bound = ActivationRule.error(function, x, e);
      double y = ActivationValue.of(function, x);
      double farthest = 0;
      for (int i = -1200; i <= 1200; i++) {
        // Evenly spaced, and all the places at which something jumps.
        double at = Math.abs(i) > 1000 ? (Math.abs(i) - 1100) / 4.0 : x + e * i / 1000;
        if (Math.abs(at - x) <= e) {
          farthest = Math.max(farthest, Math.abs(ActivationValue.of(function, at) - y));
        }
      }
      double least = farthest;
      assertTrue(bound >= least, () -> function + " of " + x + " ± " + e + ": " + bound);
      // The whole range for a type that wraps, else hardly more.
      double most = function instanceof WrapInteger && least > 1 ? 256 : least + e + 1e-4;
      assertTrue(bound <= most, () -> function + " of " + x + " ± " + e + ": " + bound);
    }
  }

  @Property(tries = 100)
  void nothingJumpsWhereThereIsNoError(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (ActivationFunction function : STEPS) {
      boolean whole = function instanceof WrapInteger;
      double x = whole ? random.nextInt(-1000, 1000) : (float) random.nextDouble(-3, 3);
      assertEquals(0, ActivationRule.error(function, x, 0));
      assertEquals(0, ActivationRule.error(function, Math.rint(x), 0));
    }
  }

  @Test
  void integersThatMayBeNanAreBoundedByNothing() {
    double limit = 1 << 24;
    for (int bits : new int[] {8, 16, 32, 64}) {
      WrapInteger wrap = new WrapInteger(bits, true);
      assertEquals(0, ActivationRule.error(wrap, limit - 1, 0));
      assertEquals(Double.POSITIVE_INFINITY, ActivationRule.error(wrap, limit - 1, 1));
      assertEquals(Double.POSITIVE_INFINITY, ActivationRule.error(wrap, 1 - limit, 1));
    }
    WrapInteger unsigned = new WrapInteger(32, false);
    assertEquals(0, ActivationRule.error(unsigned, 0, 0));
    assertEquals(0.5, ActivationRule.error(unsigned, 1, 0.5));
    assertEquals(Double.POSITIVE_INFINITY, ActivationRule.error(unsigned, 0, 0.5));
    assertEquals(1 << 16, ActivationRule.error(new WrapInteger(16, false), 0, 0.5));
  }

  @Test
  void numbersThatADeviceFlushesAreZeroOrNot() {
    double tiny = 1e-40f;
    assertEquals(1, ActivationRule.error(new ActivationFunction.NotZero(), tiny, 0));
    assertEquals(1, ActivationRule.error(new ActivationFunction.Ceil(), tiny, 0));
    assertEquals(1, ActivationRule.error(new ActivationFunction.Floor(), -tiny, 0));
    assertEquals(tiny, ActivationRule.error(new ActivationFunction.Relu(), tiny, 0));
    assertEquals(Double.POSITIVE_INFINITY, ActivationRule.error(new Log(), tiny, 0));
    assertEquals(Double.POSITIVE_INFINITY, ActivationRule.error(new Reciprocal(), -tiny, 0));
  }

  @Test
  void rootAndLogarithmAreBoundedWhereTheyAreNumbers() {
    double bound = ActivationRule.error(new Sqrt(), 0.01, 0.02);
    assertEquals(0.1, bound, 1e-6);
    assertEquals(Double.POSITIVE_INFINITY, ActivationRule.error(new Log(), 0.01, 0.02));
    assertEquals(Math.log(2), ActivationRule.error(new Log(), 0.02, 0.01), 1e-5);
    assertEquals(Double.POSITIVE_INFINITY, ActivationRule.error(new Reciprocal(), 1, 1.5));
  }

  @Test
  void wholeNumbersStayExact() {
    assertEquals(0, ActivationRule.error(new Affine(-1, 0), 5, 0));
    assertEquals(0, ActivationRule.error(new Affine(2, 3), 1000, 0));
    assertTrue(ActivationRule.error(new Affine(1, 0.1f), 1000, 0) > 0);
    assertTrue(ActivationRule.error(new Affine(1, 1), 1 << 24, 0) > 0);
  }

  /** An exponential that should be a hair over 1 may be found a hair under it. */
  @Test
  void theExponentialOfCeluIsNotOnItsSideOfOneForCertain() {
    double x = 1e-9;
    float below = 2 * (Math.nextDown(1f) - 1);
    double bound = ActivationRule.error(new Celu(2), x, 0);
    assertTrue(Math.abs(below - x) <= bound, () -> "bound " + bound);
    assertEquals(0, ActivationRule.error(new Celu(2), 1, 0));
  }

  /** What is finite at an infinity is bounded there, and tightly. */
  @Test
  void limits() {
    List<ActivationFunction> finiteBelow =
        List.of(
            new Sigmoid(),
            new Tanh(),
            new Elu(2),
            new Selu(2, 3),
            new Celu(2),
            new Softplus(),
            new Exp(),
            new Erf(),
            new Reciprocal());
    for (ActivationFunction function : finiteBelow) {
      double y = ActivationValue.of(function, Double.NEGATIVE_INFINITY);
      double bound = ActivationRule.error(function, Double.NEGATIVE_INFINITY, 0);
      assertTrue(Double.isFinite(y) && bound < 3e-6 * (1 + Math.abs(y)), function + ": " + bound);
    }
    for (ActivationFunction function :
        List.of(new Sigmoid(), new Tanh(), new Erf(), new Reciprocal(), new WrapInteger(8, true))) {
      double bound = ActivationRule.error(function, Double.POSITIVE_INFINITY, 0);
      double y = ActivationValue.of(function, Double.POSITIVE_INFINITY);
      assertTrue(Double.isNaN(y) || bound < 3e-6, function + ": " + bound);
    }
  }
}
