// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cpu.scalar.Allowance;
import io.pointwise.cpu.scalar.RandomConvolution;
import io.pointwise.device.Epilogue;
import io.pointwise.device.Precision;
import io.pointwise.device.Step;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Winograd;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Bounds of products whose factors are rounded to TF32, whichever way they are. */
class Tf32BoundTest {
  private static final int DROPPED = 13;

  /** What becomes of the bits that TF32 does not keep. */
  private enum Manner {
    CUT,
    NEAREST_AWAY,
    NEAREST_EVEN;

    float round(float value) {
      int bits = Float.floatToRawIntBits(value);
      int kept = bits >>> DROPPED << DROPPED;
      int half = 1 << (DROPPED - 1);
      int rest = bits - kept;
      boolean odd = (bits >>> DROPPED & 1) == 1;
      boolean up =
          switch (this) {
            case CUT -> false;
            case NEAREST_AWAY -> rest >= half;
            case NEAREST_EVEN -> rest > half || (rest == half && odd);
          };
      return Float.intBitsToFloat(up ? kept + (1 << DROPPED) : kept);
    }
  }

  private record Case(ConvSpec spec, Tensor x, Tensor w, Tensor b) {
    static Case of(SplittableRandom random) {
      ConvSpec any = RandomConvolution.spec(random);
      ConvSpec spec =
          new ConvSpec(
              any.n(), any.ic(), any.ih(), any.iw(), any.oc(), any.window(), any.groups(), true);
      return new Case(
          spec,
          RandomConvolution.reals(random, spec.input()),
          RandomConvolution.reals(random, spec.weight()),
          RandomConvolution.reals(random, Shape.of(spec.oc())));
    }

    Expected expected(Precision precision) {
      Step step =
          new Step(
              "conv",
              new Conv2d(spec.oc(), spec.window(), spec.groups(), true),
              List.of(spec.input()),
              spec.output(),
              Epilogue.NONE,
              precision);
      return Reference.step(step, List.of(x), Weights.of(w, b));
    }

    Tensor evaluate(Manner manner, SplittableRandom random) {
      return NaiveFloat.SHUFFLED.convolution(
          spec,
          NaiveFloat.map(x, manner::round),
          NaiveFloat.map(w, manner::round),
          b.toArray(),
          new float[Math.toIntExact(spec.output().elements())],
          random);
    }
  }

  @Property(tries = 100)
  void holdHoweverFactorsAreRounded(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Case test = Case.of(random);
    for (Manner manner : Manner.values()) {
      Comparison comparison =
          Comparison.of(test.evaluate(manner, random), test.expected(Precision.TF32));
      assertTrue(comparison.ok(), () -> manner + " of " + test.spec + ": " + comparison.describe());
    }
  }

  @Test
  void thoseOfFp32DoNotHoldThere() {
    SplittableRandom random = new SplittableRandom(1);
    int beyond = 0;
    for (int i = 0; i < 20; i++) {
      Case test = Case.of(random);
      Tensor cut = test.evaluate(Manner.CUT, random);
      beyond += Comparison.of(cut, test.expected(Precision.FP32)).ok() ? 0 : 1;
    }
    // A window that lies in the padding alone sums nothing.
    assertTrue(beyond >= 15, beyond + " of 20");
  }

  @Property(tries = 50)
  void areNoLargerThanTwoFactorsAndTheSumExplain(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Case test = Case.of(random);
    Tensor sizes =
        NaiveFloat.ASCENDING.convolution(
            test.spec,
            NaiveFloat.map(test.x, Math::abs),
            NaiveFloat.map(test.w, Math::abs),
            NaiveFloat.map(test.b, Math::abs).toArray(),
            new float[Math.toIntExact(test.spec.output().elements())],
            random);
    Expected expected = test.expected(Precision.TF32);
    double relative = 0x1p-9 + 4 * (test.spec.reduction() + 2) * 0x1p-24;
    for (long i = 0; i < sizes.shape().elements(); i++) {
      assertTrue(expected.bound(i) < 1.01 * relative * sizes.get(i), test.spec::toString);
    }
  }

  @Test
  void whatHasNoBoundIsRefused() {
    Case test = Case.of(new SplittableRandom(2));
    for (Precision precision : List.of(Precision.FP16, Precision.BF16)) {
      assertThrows(IllegalArgumentException.class, () -> test.expected(precision));
    }
    Allowance winograd = Allowance.none(1).with(Winograd.F2);
    assertThrows(IllegalArgumentException.class, () -> winograd.in(Precision.TF32));
  }
}
