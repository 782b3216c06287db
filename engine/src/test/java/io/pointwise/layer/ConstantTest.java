// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConstantTest {
  private static final Constant CONSTANT = new Constant(Shape.of(2, 3));

  @Test
  void needsItsValueAndReadsNothing() {
    assertEquals(Shape.of(2, 3), CONSTANT.outputShape(List.of()));
    assertEquals(Map.of(Role.VALUE, Shape.of(2, 3)), CONSTANT.weights(List.of()));
    assertEquals("constant", CONSTANT.kind());
    assertRefused(
        () -> CONSTANT.outputShape(List.of(Shape.of(2, 3))), "constant takes 0 inputs, got 1");
  }

  @Test
  void isNoParameterAndCostsNothing() {
    assertFalse(Role.VALUE.isParameter());
    assertEquals(Cost.ZERO, CONSTANT.cost(List.of()));
  }
}
