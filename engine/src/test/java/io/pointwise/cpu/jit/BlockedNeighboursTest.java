// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pointwise.cpu.vector.VectorTier;
import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Elementwise;
import io.pointwise.layer.Layer;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.Mul;
import io.pointwise.layer.Reorder;
import io.pointwise.layer.Where;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.plan.Blueprint;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations of the vector tier between those of this one leave activations in NCHWc. */
class BlockedNeighboursTest {
  private static final Window THREE = Window.square(3).pad(1);
  private static final Shape ODD = Shape.of(2, 19, 5, 7);

  private Isa isa = Isa.AVX2;

  /** Both tiers' vectors must be as wide. */
  @BeforeEach
  void findInstructionSet() throws Posix.Refused {
    List<Isa> fitting =
        JitDevice.instructionSets()
            .filter(each -> each.bytes() * Byte.SIZE == VectorTier.vectorBits())
            .toList();
    assumeTrue(!fitting.isEmpty(), "the vector tier has vectors of other lengths");
    isa = fitting.getFirst();
  }

  private Blueprint check(Network network, boolean guarded) {
    try (JitDevice device = new JitDevice(isa, 2, true)) {
      return new PlanCheck(device)
          .withOptions(options -> options.withOnly("jit-*", "vector-*").withGuarded(guarded))
          .check(network);
    }
  }

  private static Network network(Shape input, UnaryOperator<NetworkBuilder> layers) {
    return layers.apply(Network.builder("neighbours").input("input", input)).build(0);
  }

  /** Two blocked values, a layer that reads both or three, and one that is blocked behind it. */
  private static Network between(Layer layer, List<String> reads) {
    return network(
        ODD,
        b ->
            b.layer("a", new MaxPool2d(THREE), List.of("input"))
                .layer("b", new AvgPool2d(THREE), List.of("input"))
                .layer("layer", layer, reads)
                .maxPool(THREE));
  }

  private static long reorders(Blueprint blueprint) {
    return blueprint.steps().stream()
        .filter(step -> step.step().operation() instanceof Reorder)
        .count();
  }

  private static long concats(Blueprint blueprint) {
    return blueprint.steps().stream()
        .filter(step -> step.step().operation() instanceof Concat)
        .peek(step -> assertEquals(Layout.Order.NCHWC, step.choice().output().order()))
        .count();
  }

  private void requireOnlyTheNetworksReorders(Network network) {
    assertEquals(2, reorders(check(network, true)), "one in, one out");
  }

  @ParameterizedTest
  @EnumSource(Elementwise.Function.class)
  void functionsOfTwoEqualShapesStayBlocked(Elementwise.Function function) {
    requireOnlyTheNetworksReorders(between(new Elementwise(function), List.of("a", "b")));
  }

  @Test
  void sumsProductsAndChoicesStayBlocked() {
    requireOnlyTheNetworksReorders(between(new Add(), List.of("a", "b")));
    requireOnlyTheNetworksReorders(between(new Mul(), List.of("a", "b")));
    requireOnlyTheNetworksReorders(between(new Where(), List.of("a", "b", "a")));
  }

  @Test
  void activationsStayBlocked() {
    for (ActivationFunction function :
        List.of(
            new ActivationFunction.Relu(),
            new ActivationFunction.Sigmoid(),
            new ActivationFunction.Exp())) {
      requireOnlyTheNetworksReorders(between(new Activation(function), List.of("a")));
    }
  }

  @Test
  void whatIsBroadcastGoesBackToTheLayoutOfTheShape() {
    Network network =
        network(
            ODD, b -> b.layer("a", new MaxPool2d(THREE)).globalAvgPool().mul("a").maxPool(THREE));
    assertEquals(
        4, reorders(check(network, true)), "one in, one out, one each side of the product");
  }

  private static NetworkBuilder branches(NetworkBuilder b) {
    return b.branches(x -> x.maxPool(THREE), x -> x.avgPool(THREE), x -> x.depthwise(THREE))
        .maxPool(THREE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void wholeBlocksAreCopiedAsTheyLie(boolean guarded) {
    Blueprint blueprint =
        check(network(Shape.of(2, 32, 5, 7), BlockedNeighboursTest::branches), guarded);
    assertEquals(2, reorders(blueprint), "one in, one out");
    assertEquals(1, concats(blueprint));
  }

  @Test
  void wholeBlocksOfOneImageAreJoinedInPlace() {
    Blueprint blueprint =
        check(network(Shape.of(1, 32, 5, 7), BlockedNeighboursTest::branches), false);
    assertEquals(2, reorders(blueprint), "one in, one out");
    assertEquals(0, concats(blueprint));
  }

  @Test
  void partsOfBlocksAreJoinedInTheOrderOfTheShape() {
    for (int images = 1; images <= 2; images++) {
      Network network =
          network(
              Shape.of(images, 20, 5, 7),
              b -> b.branches(x -> x.maxPool(THREE), x -> x.avgPool(THREE)).maxPool(THREE));
      assertEquals(5, reorders(check(network, false)), "one in, one out, three around the join");
    }
  }
}
