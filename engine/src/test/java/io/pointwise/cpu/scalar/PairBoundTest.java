// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.layer.Elementwise.Function;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * The bounds of elementwise functions of two numbers hold, and are not much larger than need be.
 */
class PairBoundTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final List<Double> ERRORS = List.of(0.0, 1e-6, 1e-3, 0.2);
  private static final List<Function> EXACT =
      List.of(
          Function.MINIMUM,
          Function.MAXIMUM,
          Function.EQUAL,
          Function.LESS,
          Function.LESS_OR_EQUAL,
          Function.AND,
          Function.OR);

  /** A number and what a device holds in its place. */
  private record Operand(double value, double error, float held) {
    static Operand of(SplittableRandom random, double any) {
      double error = ERRORS.get(random.nextInt(ERRORS.size())) * Math.abs(any);
      double value = error == 0 ? (float) any : any;
      return new Operand(value, error, Bounds.near(random, value, error));
    }
  }

  private static double error(Function function, Operand a, Operand b) {
    return PairRule.error(function, a.value, a.error, b.value, b.error);
  }

  private static void check(Function function, Operand a, Operand b, float actual, double most) {
    double y = PairRule.value(function, a.value, b.value);
    double bound = error(function, a, b);
    String what = function + " of " + a + " and " + b + ": " + actual;
    assertTrue(Math.abs(actual - y) <= bound, () -> what + " is not within " + bound + " of " + y);
    assertTrue(bound <= most, () -> what + ": bound " + bound + " is over " + most);
  }

  @Property(tries = 500)
  void differencesAndQuotients(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RoughFloat rough = new RoughFloat(random);
    Operand a = Operand.of(random, random.nextDouble(-9, 9));
    Operand b = Operand.of(random, random.nextDouble(0.1, 9) * (random.nextBoolean() ? 1 : -1));
    double incoming = a.error + b.error;
    check(Function.SUBTRACT, a, b, a.held - b.held, incoming + 2e-6);
    double size = Math.abs(b.value) - b.error;
    double quotient = (Math.abs(a.value) + a.error) / size;
    double slope = a.error / size + quotient * b.error / Math.abs(b.value);
    check(Function.DIVIDE, a, b, rough.divide(a.held, b.held), slope + 1e-6 * (1 + quotient));
    check(Function.DIVIDE, a, b, a.held * rough.divide(1, b.held), slope + 1e-6 * (1 + quotient));
  }

  @Property(tries = 500)
  void powersOfPositiveNumbers(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RoughFloat rough = new RoughFloat(random);
    Operand a = Operand.of(random, Math.exp(random.nextDouble(-2, 2)));
    Operand b = Operand.of(random, random.nextDouble(-4, 4));
    double logarithm = Math.abs(Math.log(a.value)) + 0.3;
    double relative = (Math.abs(b.value) + b.error) * 1.3 * a.error / a.value + logarithm * b.error;
    double y = Math.pow(a.value, b.value);
    double most = y * Math.expm1(relative) + 1e-5 * y * Math.exp(relative);
    check(Function.POWER, a, b, rough.pow(a.held, b.held), most);
  }

  @Property(tries = 500)
  void wholePowersOfAnyNumber(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RoughFloat rough = new RoughFloat(random);
    Operand a = Operand.of(random, random.nextDouble(-2, 2));
    int n = random.nextInt(0, 6);
    Operand b = new Operand(n, 0, n);
    double reach = Math.abs(a.value) + a.error;
    double slope = n == 0 ? 0 : n * Math.pow(reach, n - 1) * a.error;
    check(Function.POWER, a, b, rough.pow(a.held, n), slope + 1e-5 * (1 + Math.pow(reach, n)));
  }

  @Test
  void powersNearZero() {
    // An even power over 0: [−0.5, 1] has squares from 0 to 1.
    assertEquals(0.9375, PairRule.error(Function.POWER, 0.25, 0.75, 2, 0), 1e-5);
    // A root, where it is a number.
    assertEquals(0.5, PairRule.error(Function.POWER, 0.25, 0.75, 0.5, 0), 1e-5);
    assertEquals(INFINITY, PairRule.error(Function.POWER, 0.25, 0.75, -1, 0));
    assertEquals(INFINITY, PairRule.error(Function.POWER, -1, 0, 2, 0.1));
    assertTrue(PairRule.error(Function.POWER, -2, 0.1, -3, 0) < 0.03);
  }

  @Test
  void nothingCanBeSaidOfAQuotientByWhatMayBeZero() {
    assertEquals(INFINITY, PairRule.error(Function.DIVIDE, 1, 0, 0.1, 0.1));
    assertEquals(INFINITY, PairRule.error(Function.DIVIDE, 1, 0, -1e-39, 0));
    assertTrue(Double.isFinite(PairRule.error(Function.DIVIDE, 1, 0, 0.1, 0.09)));
  }

  @Property(tries = 500)
  void comparisonsAndExtremes(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    // Often near to each other, and to zero.
    double center = random.nextInt(-1, 2);
    Operand a = Operand.of(random, center + random.nextInt(-1, 2) * 1e-4);
    Operand b = Operand.of(random, center + random.nextInt(-1, 2) * 1e-4);
    for (Function function : EXACT) {
      double y = PairRule.value(function, a.value, b.value);
      float actual = (float) PairRule.value(function, a.held, b.held);
      double farthest = 0;
      for (int i = -20; i <= 20; i++) {
        for (int j = -20; j <= 20; j++) {
          double other =
              PairRule.value(function, a.value + a.error * i / 20, b.value + b.error * j / 20);
          farthest = Math.max(farthest, Math.abs(other - y));
        }
      }
      double bound = error(function, a, b);
      assertTrue(bound >= farthest, () -> function + " of " + a + " and " + b + ": " + bound);
      boolean truth = function != Function.MINIMUM && function != Function.MAXIMUM;
      double most = truth ? 1 : Math.max(a.error, b.error) + 1e-12;
      check(function, a, b, actual, most);
      if (a.error == 0 && b.error == 0) {
        assertEquals(0, bound);
      }
    }
  }

  @Test
  void comparisonsThatAreFarApartAreExact() {
    assertEquals(0, PairRule.error(Function.LESS, 1, 0.4, 2, 0.5));
    assertEquals(1, PairRule.error(Function.LESS, 1, 0.5, 2, 0.5));
    assertEquals(0, PairRule.error(Function.LESS_OR_EQUAL, 1, 0.5, 2, 0.5));
    assertEquals(1, PairRule.error(Function.LESS_OR_EQUAL, 2, 0.5, 1, 0.5));
    assertEquals(0, PairRule.error(Function.LESS, 2, 0.5, 1, 0.5));
    assertEquals(0, PairRule.error(Function.EQUAL, 1, 0.4, 2, 0.5));
    assertEquals(1, PairRule.error(Function.EQUAL, 1, 0.5, 2, 0.5));
    assertEquals(1, PairRule.error(Function.EQUAL, 1, 0, 1, 1e-9));
    assertEquals(0, PairRule.error(Function.EQUAL, 1, 0, 1, 0));
    assertEquals(0, PairRule.error(Function.AND, 1, 0.5, 2, 0.5));
    assertEquals(1, PairRule.error(Function.AND, 1, 1, 2, 0.5));
    assertEquals(1, PairRule.error(Function.AND, 0, 0.1, 2, 0.5));
    assertEquals(0, PairRule.error(Function.AND, 0, 0, 2, 5));
    assertEquals(0, PairRule.error(Function.OR, 1, 1, 2, 0.5));
    assertEquals(1, PairRule.error(Function.OR, 1, 1, 0, 0));
    assertEquals(1, PairRule.error(Function.OR, 0, 0, 0, 0.1));
  }

  @Test
  void numbersThatADeviceFlushesMayBeZero() {
    double tiny = 1e-40f;
    assertEquals(1, PairRule.error(Function.EQUAL, tiny, 0, 0, 0));
    assertEquals(1, PairRule.error(Function.LESS, -tiny, 0, 0, 0));
    assertEquals(1, PairRule.error(Function.AND, tiny, 0, 1, 0));
    assertEquals(tiny, PairRule.error(Function.MAXIMUM, tiny, 0, -1, 0));
  }

  @Test
  void differencesOfWholeNumbersAreExact() {
    assertEquals(0, PairRule.error(Function.SUBTRACT, 5, 0, 1 << 20, 0));
    assertTrue(PairRule.error(Function.SUBTRACT, 5, 0, 0.1f, 0) > 0);
    assertTrue(PairRule.error(Function.SUBTRACT, 5, 1e-9, 1, 0) > 1e-9);
  }
}
