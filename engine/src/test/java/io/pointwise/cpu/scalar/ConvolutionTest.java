// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.device.Epilogue;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Linear;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ConvolutionTest {
  private static final Tensor ONE_TO_NINE =
      Tensor.of(Shape.of(1, 1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9);

  private static Tensor weight(int oc, int ic, int kh, int kw, float... values) {
    return Tensor.of(Shape.of(oc, ic, kh, kw), values);
  }

  @Test
  void slidesTheFilterWithoutFlippingIt() {
    Weights weights = Weights.of(weight(1, 1, 2, 2, 1, 2, 3, 4), Tensor.of(Shape.of(1), 10));
    Tensor y = Evaluation.of(new Conv2d(1, Window.square(2)), weights, ONE_TO_NINE);
    assertEquals(Shape.of(1, 1, 2, 2), y.shape());
    assertArrayEquals(new float[] {47, 57, 77, 87}, y.toArray());
  }

  @Test
  void padsEachSideOnItsOwn() {
    Conv2d conv = new Conv2d(1, Window.square(2).pad(1, 0, 0, 2), 1, false);
    Tensor x = Tensor.of(Shape.of(1, 1, 2, 2), 1, 2, 3, 4);
    Tensor y = Evaluation.of(conv, Weights.of(weight(1, 1, 2, 2, 1, 1, 1, 1)), x);
    assertEquals(Shape.of(1, 1, 2, 3), y.shape());
    assertArrayEquals(new float[] {3, 2, 0, 10, 6, 0}, y.toArray());
  }

  @Test
  void spreadsTapsByTheDilation() {
    Tensor x = Tensor.of(Shape.of(1, 1, 1, 5), 1, 2, 3, 4, 5);
    Weights weights = Weights.of(weight(1, 1, 1, 2, 1, 10));
    Conv2d dilated = new Conv2d(1, Window.of(1, 2).dilation(1, 2), 1, false);
    assertArrayEquals(new float[] {31, 42, 53}, Evaluation.of(dilated, weights, x).toArray());
    Conv2d strided = new Conv2d(1, Window.of(1, 2).dilation(1, 2).stride(1, 2), 1, false);
    assertArrayEquals(new float[] {31, 53}, Evaluation.of(strided, weights, x).toArray());
  }

  @Test
  void keepsGroupsApart() {
    Tensor x = Tensor.of(Shape.of(1, 2, 1, 2), 1, 2, 3, 4);
    Conv2d conv = new Conv2d(4, Window.square(1), 2, false);
    Tensor y = Evaluation.of(conv, Weights.of(weight(4, 1, 1, 1, 1, 2, 3, 4)), x);
    assertArrayEquals(new float[] {1, 2, 2, 4, 9, 12, 12, 16}, y.toArray());
  }

  @Test
  void addsTheResidualBeforeTheActivation() {
    Epilogue epilogue = new Epilogue(true, new ActivationFunction.Relu());
    Tensor residual = Tensor.of(Shape.of(1, 1, 3, 3), 0, -5, 0, 5, 0, -20, 0, 0, -9);
    Weights weights = Weights.of(weight(1, 1, 1, 1, 1));
    Conv2d conv = new Conv2d(1, Window.square(1), 1, false);
    Tensor y = Evaluation.of(conv, epilogue, weights, ONE_TO_NINE, residual);
    assertArrayEquals(new float[] {1, 0, 3, 9, 5, 0, 7, 8, 0}, y.toArray());
  }

  @Test
  void carriesNanAndInfinityOnlyWhereTheWindowReachesThem() {
    Tensor x = Tensor.of(Shape.of(1, 1, 1, 4), Float.NaN, 1, 2, Float.POSITIVE_INFINITY);
    Conv2d conv = new Conv2d(1, Window.of(1, 2), 1, false);
    Tensor y = Evaluation.of(conv, Weights.of(weight(1, 1, 1, 2, 1, -1)), x);
    float[] expected = {Float.NaN, -1, Float.NEGATIVE_INFINITY};
    assertArrayEquals(expected, y.toArray());
  }

  @Test
  void linearMultipliesByTheTransposedWeights() {
    Tensor x = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    Tensor weight = Tensor.of(Shape.of(2, 3), 1, 0, -1, 2, 2, 2);
    Weights weights = Weights.of(weight, Tensor.of(Shape.of(2), 100, 200));
    Tensor y = Evaluation.of(new Linear(2, true), weights, x);
    assertArrayEquals(new float[] {98, 212, 98, 230}, y.toArray());
  }

  @Property(tries = 300)
  void equalsTheSumOverAnInputWithExplicitPadding(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ConvSpec spec = RandomConvolution.spec(random);
    Conv2d conv = new Conv2d(spec.oc(), spec.window(), spec.groups(), spec.bias());
    Tensor x = RandomConvolution.integers(random, spec.input());
    Tensor w = RandomConvolution.integers(random, spec.weight());
    Tensor b = RandomConvolution.integers(random, Shape.of(spec.oc()));
    Tensor y = Evaluation.of(conv, spec.bias() ? Weights.of(w, b) : Weights.of(w), x);
    float[] padded = PaddedConvolution.of(spec, x.toArray(), w.toArray(), b.toArray());
    assertArrayEquals(padded, y.toArray(), spec::toString);
  }

  @Test
  void cutsLargeOutputsIntoBandsWithoutSeams() {
    // More pixels than a band, more channels than a block, and neither a multiple.
    ConvSpec spec = new ConvSpec(2, 6, 61, 59, 22, Window.square(3).pad(1, 2, 0, 1), 2, true);
    SplittableRandom random = new SplittableRandom(7);
    Tensor x = RandomConvolution.integers(random, spec.input());
    Tensor w = RandomConvolution.integers(random, spec.weight());
    Tensor b = RandomConvolution.integers(random, Shape.of(spec.oc()));
    Conv2d conv = new Conv2d(22, spec.window(), 2, true);
    Tensor y = Evaluation.of(conv, Weights.of(w, b), x);
    assertTrue(y.shape().elements() > 2 * 22 * 2048);
    assertArrayEquals(
        PaddedConvolution.of(spec, x.toArray(), w.toArray(), b.toArray()), y.toArray());
  }
}
