// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Role;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkBuilderTest {
  private static final Window SAME = Window.square(3).padSame();

  private static NetworkBuilder image() {
    return Network.builder("net").input("image", Shape.of(1, 3, 32, 32));
  }

  private static List<String> names(Network network) {
    return network.nodes().stream().map(Node::name).toList();
  }

  @Test
  void readsLikeANetworkOnPaper() {
    Network network =
        image()
            .conv(16, SAME)
            .relu()
            .residual(b -> b.pointwise(8).relu().pointwise(16))
            .branches(b -> b.pointwise(8), b -> b.conv(8, SAME))
            .globalAvgPool()
            .flatten()
            .linear(10)
            .softmax()
            .build(42);
    assertEquals(
        List.of(
            "conv2d-1",
            "relu-1",
            "conv2d-2",
            "relu-2",
            "conv2d-3",
            "add-1",
            "conv2d-4",
            "conv2d-5",
            "concat-1",
            "global-avg-pool2d-1",
            "flatten-1",
            "linear-1",
            "softmax-1"),
        names(network));
    assertEquals(Shape.of(1, 10), network.shape("softmax-1"));
    assertEquals(List.of("softmax-1"), network.outputs());
  }

  @Test
  void residualAddsTheBodyToTheShortcut() {
    Network same = image().pointwise("a", 8).residual(b -> b.pointwise("b", 8)).build(1);
    assertEquals(List.of("b", "a"), same.node("add-1").inputs());
    Network widened =
        image()
            .pointwise("a", 8)
            .residual(b -> b.pointwise("b", 16), b -> b.pointwise("c", 16))
            .build(1);
    assertEquals(List.of("b", "c"), widened.node("add-1").inputs());
    assertEquals(List.of("a"), widened.node("b").inputs());
    assertEquals(List.of("a"), widened.node("c").inputs());
  }

  @Test
  void branchesAllReadTheSameValueAndJoinInOrder() {
    Network network =
        image()
            .pointwise("a", 8)
            .branches(b -> b.pointwise("b", 2), b -> b, b -> b.pointwise("c", 3))
            .build(1);
    assertEquals(List.of("b", "a", "c"), network.node("concat-1").inputs());
    assertEquals(List.of("a"), network.node("c").inputs());
    assertEquals(Shape.of(1, 13, 32, 32), network.shape("concat-1"));
  }

  @Test
  void scopesNestAndCountTheirOwnLayers() {
    Network network =
        image()
            .relu()
            .scope("a", b -> b.relu().scope("b", c -> c.relu().conv("3x3", 4, SAME)).relu())
            .relu()
            .build(1);
    assertEquals(
        List.of("relu-1", "a/relu-1", "a/b/relu-1", "a/b/3x3", "a/relu-2", "relu-2"),
        names(network));
  }

  @Test
  void leavesAScopeThatFailed() {
    NetworkBuilder builder = image();
    assertRefused(() -> builder.scope("a", b -> b.linear(10)), "layer a/linear-1");
    assertEquals("relu-1", builder.relu().current());
  }

  @Test
  void thenAddsAPartThatIsAFunction() {
    Network network = image().then(b -> b.convRelu("conv", 4, SAME)).then(b -> b).build(1);
    assertEquals(List.of("conv", "conv/relu"), names(network));
  }

  @Test
  void fromGoesBackToAValue() {
    Network network =
        image().pointwise("a", 4).from("image").pointwise("b", 4).mul("a").add("b").build(1);
    assertEquals(List.of("image"), network.node("b").inputs());
    assertEquals(List.of("b", "a"), network.node("mul-1").inputs());
    assertEquals(List.of("mul-1", "b"), network.node("add-1").inputs());
  }

  @Test
  void mayGiveSeveralValues() {
    Network network = image().pointwise("a", 4).relu().build(1, List.of("relu-1", "a"));
    assertEquals(List.of("relu-1", "a"), network.outputs());
  }

  @Test
  void depthwiseHasOneFilterAChannelAndNoBias() {
    Network network = image().depthwise("dw", SAME).depthwise(SAME).build(1);
    assertEquals(Map.of(Role.WEIGHT, Shape.of(3, 1, 3, 3)), network.node("dw").weights().shapes());
    assertEquals(new Conv2d(3, SAME, 3, false), network.node("conv2d-1").layer());
    assertRefused(
        () -> image().flatten().depthwise(SAME),
        "depthwise",
        "rank 4",
        "shape 1×3072 of flatten-1");
  }

  @Test
  void takesWeightsThatAreGiven() {
    Tensor weight = Tensor.of(Shape.of(1, 3, 1, 1), 1, 2, 3);
    Tensor bias = Tensor.of(Shape.of(1), 4);
    Network network =
        image()
            .scope("s", b -> b.layer("c", Conv2d.pointwise(1), Weights.of(weight, bias)))
            .build(1);
    assertSame(weight, network.node("s/c").weights().get(Role.WEIGHT));
  }

  @Test
  void aConstantIsAValueThatReadsNothing() {
    Tensor value = Tensor.of(Shape.of(3, 1, 1), 1, 2, 3);
    NetworkBuilder builder = image().scope("s", b -> b.constant("c", value));
    assertEquals("s/c", builder.current());
    Network network = builder.build(1);
    assertEquals(List.of(), network.node("s/c").inputs());
    assertEquals(Shape.of(3, 1, 1), network.node("s/c").shape());
    assertSame(value, network.node("s/c").weights().get(Role.VALUE));
    assertEquals(0, network.cost().parameters());
  }

  @Test
  void refusesGivenWeightsOfOtherShapesAtOnce() {
    Weights wrong = Weights.of(Tensor.zeros(Shape.of(1, 4, 1, 1)), Tensor.zeros(Shape.of(1)));
    assertRefused(
        () -> image().scope("s", b -> b.layer("c", Conv2d.pointwise(1), wrong)),
        "layer s/c",
        "WEIGHT=1×3×1×1",
        "WEIGHT=1×4×1×1");
  }

  @Test
  void refusesALayerBeforeAnyInput() {
    assertRefused(() -> Network.builder("net").relu(), "network net", "input first");
    assertRefused(() -> Network.builder("net").build(1), "network net", "input first");
  }

  @Test
  void refusesNamesThatAreTakenOrUnknown() {
    assertRefused(() -> image().pointwise("a", 1).pointwise("a", 1), "network net", "named a");
    assertRefused(() -> image().pointwise("image", 1), "named image");
    assertRefused(() -> image().from("b").relu(), "layer relu-1: reads b");
    assertRefused(() -> image().add("b"), "layer add-1: reads b");
    assertRefused(() -> image().build(1, List.of("b")), "network net", "named b");
    assertRefused(() -> image().build(1, List.of()), "network net has no output");
  }

  @Test
  void namesTheLayerThatDoesNotFitAtOnce() {
    assertRefused(() -> image().conv(4, Window.square(33)), "layer conv2d-1: kh=33", "height 32");
    assertRefused(() -> image().linear(10), "layer linear-1", "rank 2", "1×3×32×32");
    assertRefused(
        () -> Network.builder("net").input("v", Shape.of(5)).linear(10), "rank 2", "shape 5");
    assertRefused(
        () -> image().residual(b -> b.pointwise(4)), "layer add-1", "1×4×32×32", "1×3×32×32");
  }

  @Test
  void buildsAsOftenAsOneLikes() {
    NetworkBuilder builder = image().pointwise("a", 2);
    Network first = builder.build(1);
    Network second = builder.relu().build(1);
    assertEquals(List.of("a"), names(first));
    assertEquals(List.of("a", "relu-1"), names(second));
    assertThrows(IllegalArgumentException.class, () -> first.node("relu-1"));
  }
}
