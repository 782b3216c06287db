// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.Concat;
import io.pointwise.layer.Dropout;
import io.pointwise.layer.Flatten;
import io.pointwise.layer.Reshape;
import io.pointwise.layer.Window;
import io.pointwise.network.Network;
import io.pointwise.network.NetworkBuilder;
import io.pointwise.network.Networks;
import io.pointwise.network.Node;
import io.pointwise.plan.Explanation;
import io.pointwise.plan.PlannedStep;
import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which layers end up in which step. */
final class FusionTest {
  private static final Activation RELU = new Activation(new ActivationFunction.Relu());

  private static NetworkBuilder start() {
    return Network.builder("net").input("image", Shape.of(1, 8, 6, 5));
  }

  private static List<List<String>> covers(Network network) {
    return Cpu.blueprint(network).steps().stream()
        .map(PlannedStep::covers)
        .filter(covers -> !covers.isEmpty())
        .toList();
  }

  private static List<List<String>> covers(UnaryOperator<NetworkBuilder> layers) {
    return covers(layers.apply(start()).build(1));
  }

  private static List<String> step(String... layers) {
    return List.of(layers);
  }

  @Test
  void batchNormAndActivationJoinTheConvolution() {
    assertEquals(
        List.of(step("conv2d-1", "batch-norm-1", "relu-1")),
        covers(b -> b.conv(4, Window.square(3)).batchNorm().relu()));
  }

  @Test
  void aResidualJoinsTheConvolutionBeforeIt() {
    assertEquals(
        List.of(step("conv2d-1", "relu-1"), step("conv2d-2", "batch-norm-1", "add-1", "relu-2")),
        covers(b -> b.residual(r -> r.pointwise(4).relu().pointwise(8).batchNorm()).relu()));
  }

  @Test
  void ofTwoConvolutionsTheLaterTakesTheOtherAsItsResidual() {
    assertEquals(
        List.of(step("conv2d-1"), step("conv2d-2", "add-1", "relu-1")),
        covers(b -> b.residual(r -> r.pointwise(4), s -> s.pointwise(4)).relu()));
  }

  @Test
  void aValueThatIsAlsoAnOutputIsKept() {
    Network network =
        start()
            .conv("conv", 4, Window.square(3))
            .layer("relu", RELU)
            .build(1, List.of("conv", "relu"));
    assertEquals(List.of(step("conv"), step("relu")), covers(network));
  }

  @Test
  void aValueThatIsReadTwiceIsKept() {
    assertEquals(
        List.of(step("conv2d-1"), step("relu-1"), step("sigmoid-1"), step("concat-1")),
        covers(b -> b.pointwise(4).branches(x -> x.relu(), x -> x.sigmoid())));
  }

  @Test
  void onlyLinearLayersTakeResiduals() {
    assertEquals(
        List.of(step("max-pool2d-1"), step("add-1", "relu-1")),
        covers(b -> b.residual(r -> r.maxPool(Window.square(3).pad(1))).relu()));
  }

  @Test
  void twoActivationsDoNotBothFit() {
    assertEquals(
        List.of(step("conv2d-1", "relu-1"), step("sigmoid-1")),
        covers(b -> b.pointwise(4).relu().sigmoid()));
  }

  @Test
  void batchNormBehindAnActivationIsAStepOfItsOwn() {
    assertEquals(
        List.of(step("conv2d-1", "relu-1"), step("batch-norm-1")),
        covers(b -> b.pointwise(4).relu().batchNorm()));
  }

  @Test
  void dropoutVanishesAndWhatIsAroundItFuses() {
    Network network = start().pointwise(4).dropout(0.5f).relu().flatten().build(1);
    assertEquals(List.of(step("conv2d-1", "relu-1")), covers(network));
    Explanation explanation = Cpu.blueprint(network).explain();
    assertEquals(
        List.of("", "identity, removed", "fused into conv2d-1", "view, no copy"),
        explanation.layers().stream().map(Explanation.LayerReport::note).toList());
  }

  @Test
  void aValueAddedToItselfIsNoResidual() {
    Network network =
        start()
            .conv("conv", 4, Window.square(1))
            .layer("sum", new Add(), List.of("conv", "conv"))
            .build(1);
    assertEquals(List.of(step("conv"), step("sum")), covers(network));
  }

  static Set<String> networks() {
    return Networks.names();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyLayerOfAReadyNetworkIsComputedOnce(String name) {
    Network network = Networks.get(name, 1);
    List<String> computed = covers(network).stream().flatMap(List::stream).toList();
    Set<String> wanted =
        network.nodes().stream()
            .filter(FusionTest::needsComputation)
            .map(Node::name)
            .collect(Collectors.toSet());
    assertEquals(wanted, Set.copyOf(computed));
    assertEquals(wanted.size(), computed.size(), "layers computed twice");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void noBatchNormOfAReadyNetworkIsLeft(String name) {
    assertTrue(
        Cpu.blueprint(Networks.get(name, 1)).steps().stream()
            .noneMatch(step -> step.step().operation().kind().equals("batch-norm")));
  }

  /** In a network of one image, branches are joined in place. */
  private static boolean needsComputation(Node node) {
    return !(node.layer() instanceof Dropout
        || node.layer() instanceof Concat
        || node.layer() instanceof Flatten
        || node.layer() instanceof Reshape);
  }
}
