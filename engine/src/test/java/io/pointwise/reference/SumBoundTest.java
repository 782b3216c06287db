// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cpu.scalar.Evaluation;
import io.pointwise.cpu.scalar.RandomConvolution;
import io.pointwise.device.Epilogue;
import io.pointwise.device.Step;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Bounds of convolutions: no float32 evaluation leaves them, and wrong results do. */
class SumBoundTest {
  private static final double U = 0x1p-24;

  private record Case(ConvSpec spec, Tensor x, Tensor w, Tensor b, Tensor r, Expected expected) {
    static Case of(SplittableRandom random) {
      ConvSpec any = RandomConvolution.spec(random);
      ConvSpec spec =
          new ConvSpec(
              any.n(), any.ic(), any.ih(), any.iw(), any.oc(), any.window(), any.groups(), true);
      Tensor x = RandomConvolution.reals(random, spec.input());
      Tensor w = RandomConvolution.reals(random, spec.weight());
      Tensor b = RandomConvolution.reals(random, Shape.of(spec.oc()));
      Tensor r = RandomConvolution.reals(random, spec.output());
      // Large beside the products, so that it counts in every partial sum.
      Tensor large = NaiveFloat.map(r, value -> value * 1000);
      Conv2d conv = new Conv2d(spec.oc(), spec.window(), spec.groups(), true);
      Step step =
          Evaluation.step(conv, new Epilogue(true, null), List.of(spec.input(), spec.output()));
      Expected expected = Reference.step(step, List.of(x, large), Weights.of(w, b));
      return new Case(spec, x, w, b, large, expected);
    }

    Tensor evaluate(NaiveFloat manner, SplittableRandom random) {
      return manner.convolution(spec, x, w, b.toArray(), r.toArray(), random);
    }
  }

  @Property(tries = 150)
  void holdForSumsInAnyOrder(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Case test = Case.of(random);
    for (NaiveFloat manner : NaiveFloat.values()) {
      Comparison comparison = Comparison.of(test.evaluate(manner, random), test.expected);
      assertTrue(comparison.ok(), () -> manner + " of " + test.spec + ": " + comparison.describe());
    }
  }

  @Property(tries = 100)
  void findOneElementThatIsOffByEightBounds(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Case test = Case.of(random);
    Tensor y = test.evaluate(NaiveFloat.ASCENDING, random);
    long victim = random.nextLong(y.shape().elements());
    y.set(victim, (float) (y.get(victim) + 8 * test.expected.bound(victim)));
    Comparison comparison = Comparison.of(y, test.expected);
    assertFalse(comparison.ok());
    assertEquals(victim, comparison.worstIndex());
  }

  @Property(tries = 100)
  void findTwoElementsThatAreSwapped(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Case test = Case.of(random);
    Tensor y = test.evaluate(NaiveFloat.FUSED, random);
    long elements = y.shape().elements();
    long a = random.nextLong(elements);
    long b = random.nextLong(elements);
    float swap = y.get(a);
    y.set(a, y.get(b));
    y.set(b, swap);
    // Numbers that are closer than their bounds cannot be told apart, and rarely come up.
    double bounds = test.expected.bound(a) + test.expected.bound(b);
    if (a == b || Math.abs(y.get(a) - y.get(b)) > 2 * bounds) {
      assertEquals(a == b, Comparison.of(y, test.expected).ok());
    }
  }

  @Property(tries = 100)
  void areOfTheSizeThatTheTheorySays(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Case test = Case.of(random);
    Tensor sizes =
        NaiveFloat.ASCENDING.convolution(
            test.spec,
            NaiveFloat.map(test.x, Math::abs),
            NaiveFloat.map(test.w, Math::abs),
            NaiveFloat.map(test.b, Math::abs).toArray(),
            NaiveFloat.map(test.r, Math::abs).toArray(),
            random);
    for (long i = 0; i < sizes.shape().elements(); i++) {
      double theory = (test.spec.reduction() + 2) * U * sizes.get(i);
      assertTrue(test.expected.bound(i) < 1.5 * theory, test.spec::toString);
      assertTrue(test.expected.bound(i) > 0.9 * theory, test.spec::toString);
    }
  }
}
