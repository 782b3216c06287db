// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TransposedConvolutionTest {
  private static final Tensor X = Tensor.of(Shape.of(1, 1, 2, 2), 1, 2, 3, 4);

  @Test
  void strideTwoLaysFiltersSideBySideAndOutputPaddingAddsARowAndAColumn() {
    ConvTranspose2d layer = new ConvTranspose2d(1, Window.square(2).stride(2), 1, 1, 1, true);
    Weights weights =
        Weights.of(Tensor.of(Shape.of(1, 1, 2, 2), 1, 2, 3, 4), Tensor.of(Shape.of(1), 100));
    Tensor y = Evaluation.of(layer, weights, X);
    assertEquals(Shape.of(1, 1, 5, 5), y.shape());
    float[] expected = {
      101, 102, 102, 104, 100,
      103, 104, 106, 108, 100,
      103, 106, 104, 108, 100,
      109, 112, 112, 116, 100,
      100, 100, 100, 100, 100
    };
    assertArrayEquals(expected, y.toArray());
  }

  @Test
  void overlappingWindowsAddUpAndPaddingIsCutOff() {
    ConvTranspose2d layer =
        new ConvTranspose2d(1, Window.square(3).pad(1, 0, 0, 1), 0, 0, 1, false);
    Tensor ones = Tensor.of(Shape.of(1, 1, 3, 3), 1, 1, 1, 1, 1, 1, 1, 1, 1);
    Tensor y = Evaluation.of(layer, Weights.of(ones), X);
    // The whole is 1 3 3 2 / 4 10 10 6 / 4 10 10 6 / 3 7 7 4; first row and last column go.
    assertEquals(Shape.of(1, 1, 3, 3), y.shape());
    assertArrayEquals(new float[] {4, 10, 10, 4, 10, 10, 3, 7, 7}, y.toArray());
  }

  @Test
  void groupsReadTheirOwnChannels() {
    ConvTranspose2d layer = new ConvTranspose2d(4, Window.square(1), 0, 0, 2, false);
    Tensor x = Tensor.of(Shape.of(1, 2, 1, 1), 10, 100);
    Weights weights = Weights.of(Tensor.of(Shape.of(2, 2, 1, 1), 1, 2, 3, 4));
    assertArrayEquals(new float[] {10, 20, 300, 400}, Evaluation.of(layer, weights, x).toArray());
  }

  /** ⟨conv(x), y⟩ = ⟨x, transposed(y)⟩ for all x and y defines the transposed convolution. */
  @Property(tries = 200)
  void isTheAdjointOfTheConvolution(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ConvSpec spec = RandomConvolution.spec(random);
    Conv2d conv = new Conv2d(spec.oc(), spec.window(), spec.groups(), false);
    Tensor x = RandomConvolution.integers(random, spec.input());
    Tensor w = RandomConvolution.integers(random, spec.weight());
    Tensor y = RandomConvolution.integers(random, spec.output());
    // Rows and columns that no window of the convolution reaches.
    int restH = (spec.ih() + padH(spec) - (int) spec.window().extentH()) % spec.window().strideH();
    int restW = (spec.iw() + padW(spec) - (int) spec.window().extentW()) % spec.window().strideW();
    ConvTranspose2d layer =
        new ConvTranspose2d(spec.ic(), spec.window(), restH, restW, spec.groups(), false);
    Tensor forward = Evaluation.of(conv, Weights.of(w), x);
    Tensor backward = Evaluation.of(layer, Weights.of(w), y);
    assertEquals(spec.input(), backward.shape());
    assertEquals(inner(forward, y), inner(x, backward), spec.toString());
  }

  private static int padH(ConvSpec spec) {
    return spec.window().padTop() + spec.window().padBottom();
  }

  private static int padW(ConvSpec spec) {
    return spec.window().padLeft() + spec.window().padRight();
  }

  private static double inner(Tensor a, Tensor b) {
    double sum = 0;
    for (long i = 0; i < a.shape().elements(); i++) {
      sum += (double) a.get(i) * b.get(i);
    }
    return sum;
  }
}
