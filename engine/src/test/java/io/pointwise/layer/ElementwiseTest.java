// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pointwise.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElementwiseTest {
  private static Shape shape(Layer layer, Shape... inputs) {
    return layer.outputShape(List.of(inputs));
  }

  @Test
  void broadcastsItsTwoInputs() {
    Layer less = new Elementwise(Elementwise.Function.LESS);
    assertEquals(Shape.of(2, 3, 5), shape(less, Shape.of(3, 1), Shape.of(2, 1, 5)));
    assertEquals(Shape.of(), shape(less, Shape.of(), Shape.of()));
    assertEquals(Shape.of(0, 4), shape(less, Shape.of(0, 4), Shape.of(1)));
    assertEquals(
        new Cost(0, 0, 4 * (3 + 10 + 30)), less.cost(List.of(Shape.of(3, 1), Shape.of(2, 1, 5))));
  }

  @Test
  void isNamedAfterItsFunction() {
    List<String> kinds =
        Arrays.stream(Elementwise.Function.values())
            .map(function -> new Elementwise(function).kind())
            .toList();
    assertEquals(
        List.of(
            "subtract",
            "divide",
            "power",
            "minimum",
            "maximum",
            "equal",
            "less",
            "less-or-equal",
            "and",
            "or"),
        kinds);
  }

  @Test
  void takesTwoInputsThatBroadcast() {
    Layer power = new Elementwise(Elementwise.Function.POWER);
    assertRefused(() -> shape(power, Shape.of(2)), "power takes 2 inputs, got 1");
    assertRefused(
        () -> shape(power, Shape.of(2, 3), Shape.of(2)),
        "power: shapes 2×3 and 2 do not broadcast");
  }

  @Test
  void whereBroadcastsAllThree() {
    Layer where = new Where();
    assertEquals(
        Shape.of(4, 2, 3, 5),
        shape(where, Shape.of(4, 1, 1, 1), Shape.of(3, 1), Shape.of(2, 1, 5)));
    assertEquals(Shape.of(2), shape(where, Shape.of(2), Shape.of(), Shape.of(1)));
    assertRefused(() -> shape(where, Shape.of(2), Shape.of(2)), "where takes 3 inputs, got 2");
    assertRefused(
        () -> shape(where, Shape.of(2), Shape.of(3), Shape.of(1)),
        "where: shapes 2 and 3 do not broadcast");
  }
}
