// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cpu.scalar.Evaluation;
import io.pointwise.cpu.scalar.RandomConvolution;
import io.pointwise.device.Epilogue;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Role;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.network.Node;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Bounds of networks hold layer by layer, and when layers were fused in float32. */
class FusedBoundTest {
  private static Weights normWeights(SplittableRandom random, int channels, float shiftScale) {
    Shape shape = Shape.of(channels);
    return Weights.of(
        Map.of(
            Role.SCALE, RandomConvolution.reals(random, shape),
            Role.SHIFT, NaiveFloat.map(RandomConvolution.reals(random, shape), v -> v * shiftScale),
            Role.MEAN, NaiveFloat.map(RandomConvolution.reals(random, shape), v -> v * shiftScale),
            Role.VARIANCE,
                NaiveFloat.map(RandomConvolution.reals(random, shape), v -> v * v + 0.01f)));
  }

  /**
   * Convolution, batch norm, sum with a shortcut, ReLU: as it stands, and folded and fused in
   * float32.
   */
  @Property(tries = 200)
  void boundsHoldWhenBatchNormAndResidualAreFusedIntoTheConvolution(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int taps = random.nextInt(1, 4);
    int channels = random.nextInt(1, 9);
    ConvSpec spec = new ConvSpec(1, channels, 6, 6, 4, Window.square(taps).padSame(), 1, true);
    // Large constants and shortcuts beside small products show whether those have their roundings.
    float large = random.nextBoolean() ? 1 : 1000;
    Tensor w = RandomConvolution.reals(random, spec.weight());
    Tensor b = RandomConvolution.reals(random, Shape.of(4));
    Weights norm = normWeights(random, 4, large);
    Network network =
        Network.builder("fused")
            .input("shortcut", spec.output())
            .input("x", spec.input())
            .layer("conv", new Conv2d(4, spec.window()), Weights.of(w, b))
            .dropout(0.5f)
            .layer("norm", new BatchNorm(1e-3f), norm)
            .add("shortcut")
            .relu()
            .build(0);
    Tensor x = RandomConvolution.reals(random, spec.input());
    Tensor shortcut =
        NaiveFloat.map(RandomConvolution.reals(random, spec.output()), v -> v * large);
    Expected expected = Reference.run(network, List.of(shortcut, x)).getFirst();
    Tensor folded = Tensor.zeros(w.shape());
    float[] bias = fold(w, b, norm, folded);
    for (NaiveFloat manner : NaiveFloat.values()) {
      Tensor fused = manner.convolution(spec, x, folded, bias, shortcut.toArray(), random);
      holds(NaiveFloat.map(fused, v -> Math.max(v, 0)), expected, "fused, " + manner);
      Tensor plain = manner.convolution(spec, x, w, b.toArray(), new float[0], random);
      Tensor separate = Tensor.zeros(spec.output());
      for (int i = 0; i < spec.output().elements(); i++) {
        int c = i / 36;
        float a = factor(norm, c);
        float normed = (plain.get(i) - norm.get(Role.MEAN).get(c)) * a;
        normed += norm.get(Role.SHIFT).get(c);
        separate.set(i, Math.max(normed + shortcut.get(i), 0));
      }
      holds(separate, expected, "layer by layer, " + manner);
    }
  }

  /**
   * A thousand products, each just under half an ulp of 1: added one by one to a 1 they are all
   * lost. The 1 is there only because a batch norm's shift, or a shortcut, was fused into the
   * convolution.
   */
  @Test
  void boundsHoldWhenSmallProductsAreAddedToALargeConstant() {
    ConvSpec spec = ConvSpec.pointwise(1, 1000, 1, 1, 1);
    Tensor w = NaiveFloat.map(Tensor.zeros(spec.weight()), _ -> 0x1.fap-25f);
    Tensor x = NaiveFloat.map(Tensor.zeros(spec.input()), _ -> 1f);
    Tensor zero = Tensor.zeros(Shape.of(1));
    Tensor lost = Tensor.of(spec.output(), 1);
    for (float shift : new float[] {1, 0}) {
      float shortcut = 1 - shift;
      Network network =
          Network.builder("lost")
              .input("shortcut", spec.output())
              .input("x", spec.input())
              .layer("conv", Conv2d.pointwise(1), Weights.of(w, zero))
              .layer("norm", new BatchNorm(0), BatchNormWeights.of(1, shift, 0, 1))
              .add("shortcut")
              .build(0);
      List<Tensor> inputs = List.of(Tensor.of(spec.output(), shortcut), x);
      Expected expected = Reference.run(network, inputs).getFirst();
      assertTrue(expected.value(0) > 1 + 0x1p-15);
      holds(lost, expected, "shift " + shift + ", shortcut " + shortcut);
      Tensor wrong = Tensor.of(spec.output(), 1 - 0x1p-13f);
      assertFalse(Comparison.of(wrong, expected).ok());
    }
  }

  @Test
  void aConvolutionBeforeABatchNormIsAllowedTheRoundingsOfFoldedWeights() {
    Network network =
        Network.builder("folded")
            .input("x", Shape.of(1, 1, 1, 1))
            .conv("folded", 1, Window.square(1))
            .batchNorm()
            .relu()
            .conv("plain", 1, Window.square(1))
            .build(1);
    Tensor x = Tensor.of(Shape.of(1, 1, 1, 1), 1);
    Expected folded = Objects.requireNonNull(Reference.trace(network, List.of(x)).get("folded"));
    Node node = network.node("folded");
    Expected plain =
        Reference.step(
            Evaluation.step(node.layer(), Epilogue.NONE, node.inputShapes()),
            List.of(x),
            node.weights());
    assertEquals(plain.value(0), folded.value(0));
    // One product: 3 roundings as it stands, and 21 of a batch norm.
    assertEquals(8, folded.bound(0) / plain.bound(0), 1e-4);
  }

  private static float factor(Weights norm, int c) {
    return norm.get(Role.SCALE).get(c) / (float) Math.sqrt(norm.get(Role.VARIANCE).get(c) + 1e-3f);
  }

  private static float[] fold(Tensor w, Tensor b, Weights norm, Tensor folded) {
    float[] bias = new float[4];
    long filter = w.shape().elements() / 4;
    for (int c = 0; c < 4; c++) {
      float a = factor(norm, c);
      for (long i = c * filter; i < (c + 1) * filter; i++) {
        folded.set(i, w.get(i) * a);
      }
      bias[c] = norm.get(Role.SHIFT).get(c) + (b.get(c) - norm.get(Role.MEAN).get(c)) * a;
    }
    return bias;
  }

  private static void holds(Tensor actual, Expected expected, String what) {
    Comparison comparison = Comparison.of(actual, expected);
    assertTrue(comparison.ok(), () -> what + ": " + comparison.describe());
  }
}
