// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pointwise.layer.Activation;
import io.pointwise.layer.ActivationFunction;
import io.pointwise.layer.Add;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.Layer;
import io.pointwise.layer.Linear;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphTest {
  private static final Layer RELU = new Activation(new ActivationFunction.Relu());
  private static final Shape IMAGE = Shape.of(1, 3, 8, 8);

  private static Network.Graph graph() {
    return Network.graph("net").input("x", IMAGE);
  }

  @Test
  void takesLayersThatReadWhatCameBefore() {
    Network.Graph graph = graph().input("y", IMAGE);
    assertEquals(IMAGE, graph.add("relu", RELU, Weights.none(), List.of("x")));
    assertEquals(IMAGE, graph.add("sum", new Add(), Weights.none(), List.of("relu", "y")));
    Network network = graph.build(List.of("sum", "relu"));
    assertEquals(List.of("x", "y"), List.copyOf(network.inputs().keySet()));
    assertEquals(List.of("relu", "sum"), network.nodes().stream().map(Node::name).toList());
    assertEquals(List.of("sum", "relu"), network.outputs());
    assertEquals(List.of("relu", "y"), network.node("sum").inputs());
    assertEquals(List.of(IMAGE, IMAGE), network.node("sum").inputShapes());
  }

  @Test
  void takesWeightsOfTheShapesThatTheLayerNeeds() {
    Weights weights = Weights.of(Tensor.zeros(Shape.of(8, 3, 1, 1)), Tensor.zeros(Shape.of(8)));
    Network.Graph graph = graph();
    assertEquals(weights.shapes(), graph.weightShapes("c", Conv2d.pointwise(8), List.of("x")));
    assertEquals(Shape.of(1, 8, 8, 8), graph.add("c", Conv2d.pointwise(8), weights, List.of("x")));
    assertEquals(Shape.of(1, 8, 8, 8), graph.shapeOf("c"));
  }

  @Test
  void refusesWeightsOfOtherShapesOrRoles() {
    Layer conv = Conv2d.pointwise(8);
    Tensor weight = Tensor.zeros(Shape.of(8, 3, 1, 1));
    assertRefused(
        () -> graph().add("c", conv, Weights.of(weight), List.of("x")),
        "layer c: needs weights {WEIGHT=8×3×1×1, BIAS=8}, got {WEIGHT=8×3×1×1}");
    assertRefused(
        () -> graph().add("c", conv, Weights.of(weight, Tensor.zeros(Shape.of(9))), List.of("x")),
        "layer c",
        "BIAS=8}",
        "BIAS=9}");
    assertRefused(
        () -> graph().add("r", RELU, Weights.of(weight), List.of("x")),
        "layer r: needs weights {}, got {WEIGHT=8×3×1×1}");
  }

  @Test
  void refusesANameThatIsTaken() {
    Network.Graph graph = graph();
    assertEquals(IMAGE, graph.add("a", RELU, Weights.none(), List.of("x")));
    assertRefused(
        () -> graph.add("a", RELU, Weights.none(), List.of("a")),
        "network net: two layers or inputs are named a");
    assertRefused(() -> graph.add("x", RELU, Weights.none(), List.of("a")), "named x");
    assertRefused(() -> graph.input("x", IMAGE), "named x");
    assertRefused(() -> graph.input("a", IMAGE), "named a");
  }

  @Test
  void refusesAnEmptyName() {
    assertRefused(() -> graph().input("", IMAGE), "network net", "needs a name");
    assertRefused(() -> graph().add(" ", RELU, Weights.none(), List.of("x")), "needs a name");
  }

  @Test
  void refusesToReadWhatIsNotThere() {
    assertRefused(
        () -> graph().add("r", RELU, Weights.none(), List.of("y")),
        "layer r: reads y, which is not there before it");
    assertRefused(() -> graph().add("r", RELU, Weights.none(), List.of("r")), "reads r");
    assertRefused(() -> graph().weightShapes("r", RELU, List.of("y")), "layer r: reads y");
    assertRefused(() -> graph().shapeOf("y"), "network net has no input or layer named y");
  }

  @Test
  void namesTheLayerThatDoesNotFit() {
    assertRefused(
        () -> graph().add("fc", new Linear(10, true), Weights.none(), List.of("x")),
        "layer fc: linear needs an input of rank 2, got shape 1×3×8×8");
    assertRefused(
        () -> graph().weightShapes("fc", new Linear(10, true), List.of("x")), "layer fc: linear");
    assertRefused(
        () -> graph().add("sum", new Add(), Weights.none(), List.of("x")), "layer sum: add takes");
  }

  @Test
  void refusesANetworkWithoutInputOrOutput() {
    assertRefused(() -> Network.graph("net").build(List.of("x")), "network net has no input");
    assertRefused(() -> graph().build(List.of()), "network net has no output");
    assertRefused(() -> graph().build(List.of("y")), "network net has no input or layer named y");
  }

  @Test
  void mayGiveAnInputAsItIs() {
    Network network = graph().build(List.of("x"));
    assertEquals(IMAGE, network.shape("x"));
    assertEquals(List.of(), network.nodes());
  }

  @Test
  void doesNotChangeANetworkThatItHasBuilt() {
    Network.Graph graph = graph();
    Network network = graph.build(List.of("x"));
    assertEquals(IMAGE, graph.add("r", RELU, Weights.none(), List.of("x")));
    assertEquals(Map.of("x", IMAGE), network.shapes());
    assertThrows(IllegalArgumentException.class, () -> network.node("r"));
  }
}
