// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.cpu.scalar.RandomConvolution;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;
import io.pointwise.layer.Winograd;
import io.pointwise.network.Network;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The bounds of convolutions by Winograd's formula, held against the formula in float32. */
class WinogradBoundTest {
  private static final String LAYER = "conv";

  private final SplittableRandom random = new SplittableRandom(11);

  private static Network network(ConvSpec spec, Tensor weight, Tensor bias) {
    return Network.builder("winograd")
        .input("x", spec.input())
        .layer(
            LAYER,
            new Conv2d(spec.oc(), spec.window(), spec.groups(), true),
            Weights.of(weight, bias))
        .build(0);
  }

  private static Expected expected(Network network, Tensor x, Map<String, Winograd> formulas) {
    return Reference.run(network, List.of(x), formulas).getFirst();
  }

  @Property(tries = 100)
  void theyHoldWhateverTheMagnitudes(@ForAll long seed) {
    SplittableRandom values = new SplittableRandom(seed);
    Winograd formula = values.nextBoolean() ? Winograd.F2 : Winograd.F4;
    int groups = values.nextInt(1, 3);
    Window window =
        Window.square(3)
            .pad(values.nextInt(3), values.nextInt(3), values.nextInt(3), values.nextInt(3));
    ConvSpec spec =
        new ConvSpec(
            values.nextInt(1, 3),
            groups * values.nextInt(1, 6),
            values.nextInt(3, 10),
            values.nextInt(3, 10),
            groups * values.nextInt(1, 12),
            window,
            groups,
            true);
    Tensor x = RandomConvolution.reals(values, spec.input());
    // A few inputs that are large beside the others: what their tiles lose is not theirs alone.
    for (int i = 0; i < 3; i++) {
      x.set(values.nextLong(x.shape().elements()), 1000 * (values.nextFloat() - 0.5f));
    }
    Tensor weight = RandomConvolution.reals(values, spec.weight());
    Tensor bias = RandomConvolution.reals(values, Shape.of(spec.oc()));
    Network network = network(spec, weight, bias);
    Tensor computed = WinogradFloat.convolution(formula, spec, x, weight, bias);
    Comparison comparison = Comparison.of(computed, expected(network, x, Map.of(LAYER, formula)));
    assertTrue(comparison.ok(), () -> formula + " of " + spec + ": " + comparison.describe());
  }

  /** What the bound is for: beside a large input the definition's bound is too narrow. */
  @Test
  void theBoundOfTheDefinitionWouldNotHold() {
    ConvSpec spec = new ConvSpec(1, 1, 6, 6, 1, Window.square(3), 1, true);
    Tensor x = RandomConvolution.reals(random, spec.input());
    x.set(0, 1e6f);
    Tensor weight = RandomConvolution.reals(random, spec.weight());
    Tensor bias = Tensor.zeros(Shape.of(1));
    Network network = network(spec, weight, bias);
    Tensor computed = WinogradFloat.convolution(Winograd.F4, spec, x, weight, bias);
    assertFalse(Comparison.of(computed, expected(network, x, Map.of())).ok());
    assertTrue(Comparison.of(computed, expected(network, x, Map.of(LAYER, Winograd.F4))).ok());
  }

  /** On data of one magnitude the bound is wider by the formula's constants, and by no more. */
  @Test
  void itStaysNarrow() {
    ConvSpec spec = new ConvSpec(1, 64, 9, 9, 3, Window.square(3).pad(1), 1, true);
    Tensor x = RandomConvolution.reals(random, spec.input());
    Network network =
        network(spec, RandomConvolution.reals(random, spec.weight()), Tensor.zeros(Shape.of(3)));
    Expected definition = expected(network, x, Map.of());
    for (Winograd formula : Winograd.values()) {
      Expected wider = expected(network, x, Map.of(LAYER, formula));
      for (long i = 0; i < definition.shape().elements(); i++) {
        double ratio = wider.bound(i) / definition.bound(i);
        assertTrue(ratio > 1 && ratio < 100, () -> formula + ": bound grows by " + ratio);
      }
    }
  }
}
