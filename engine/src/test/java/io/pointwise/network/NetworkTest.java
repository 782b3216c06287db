// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.network;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pointwise.layer.Cost;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static Network small() {
    return Network.builder("small")
        .input("image", Shape.of(1, 3, 8, 8))
        .conv("conv", 4, Window.square(3))
        .relu()
        .flatten()
        .linear("classes", 10)
        .build(7);
  }

  @Test
  void knowsTheShapeOfEveryValueInputsFirst() {
    Network network = small();
    assertEquals(
        List.of("image", "conv", "relu-1", "flatten-1", "classes"),
        List.copyOf(network.shapes().keySet()));
    assertEquals(Shape.of(1, 3, 8, 8), network.shape("image"));
    assertEquals(Shape.of(1, 4, 6, 6), network.shape("relu-1"));
    assertEquals(Shape.of(1, 10), network.shape("classes"));
    assertEquals("Network[small, 4 layers]", network.toString());
    assertEquals("small", network.name());
  }

  @Test
  void costsTheSumOfItsLayers() {
    long convParameters = 4 * 3 * 9 + 4;
    long linearParameters = 144 * 10 + 10;
    long convBytes = 4 * (3 * 64 + convParameters + 4 * 36);
    long reluBytes = 4 * (4 * 36 + 4 * 36);
    long flattenBytes = 4 * (144 + 144);
    long linearBytes = 4 * (144 + linearParameters + 10);
    assertEquals(
        new Cost(
            convParameters + linearParameters,
            4 * 36 * 27 + 144 * 10,
            convBytes + reluBytes + flattenBytes + linearBytes),
        small().cost());
  }

  @Test
  void saysWhichLayerIsNotThere() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> small().node("fc")).getMessage();
    assertEquals("network small has no layer named fc", message);
    assertThrows(IllegalArgumentException.class, () -> small().shape("fc"));
  }

  @Test
  void isImmutable() {
    Network network = small();
    Shape shape = Shape.of(1);
    assertThrows(UnsupportedOperationException.class, () -> network.inputs().put("more", shape));
    assertThrows(UnsupportedOperationException.class, () -> network.shapes().put("more", shape));
    assertThrows(UnsupportedOperationException.class, () -> network.outputs().add("more"));
    assertThrows(UnsupportedOperationException.class, () -> network.nodes().clear());
  }

  @Test
  void takesAnotherBatchWithTheSameWeights() {
    Network one = small();
    Network eight = one.withBatch(8);
    assertEquals(Map.of("image", Shape.of(8, 3, 8, 8)), eight.inputs());
    assertEquals(Shape.of(8, 10), eight.shape("classes"));
    assertEquals(8 * one.cost().macs(), eight.cost().macs());
    assertEquals(one.cost().parameters(), eight.cost().parameters());
    assertSame(one.node("conv").weights(), eight.node("conv").weights());
    assertEquals(Shape.of(1, 10), one.shape("classes"));
  }

  @Test
  void takesImagesOfAnotherSizeWhereItsWeightsStillFit() {
    Network network =
        Network.builder("any")
            .input("image", Shape.of(1, 3, 8, 8))
            .pointwise(4)
            .globalAvgPool()
            .build(1);
    Network larger = network.withInputs(List.of(Shape.of(2, 3, 20, 30)));
    assertEquals(Shape.of(2, 4, 1, 1), larger.shape("global-avg-pool2d-1"));
  }

  @Test
  void refusesInputsForWhichItsWeightsDoNotFit() {
    assertRefused(
        () -> small().withInputs(List.of(Shape.of(1, 3, 9, 9))),
        "layer classes",
        "WEIGHT=10×196",
        "WEIGHT=10×144");
    assertRefused(() -> small().withInputs(List.of(Shape.of(1, 4, 8, 8))), "layer conv");
    assertRefused(() -> small().withInputs(List.of()), "small has 1 inputs, got 0 shapes");
    assertRefused(() -> small().withBatch(0), "layer conv: n=0");
  }
}
