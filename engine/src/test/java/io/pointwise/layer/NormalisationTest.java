// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import static io.pointwise.layer.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NormalisationTest {
  private static final List<Shape> INPUT = List.of(Shape.of(2, 3, 5, 7));

  @Test
  void batchNormHasFourTensorsOfWhichTwoAreParameters() {
    BatchNorm norm = new BatchNorm(1e-5f);
    Shape channels = Shape.of(3);
    assertEquals(INPUT.getFirst(), norm.outputShape(INPUT));
    assertEquals(
        Map.of(
            Role.SCALE,
            channels,
            Role.SHIFT,
            channels,
            Role.MEAN,
            channels,
            Role.VARIANCE,
            channels),
        norm.weights(INPUT));
    assertEquals(new Cost(6, 0, 4 * (2 * 210 + 12)), norm.cost(INPUT));
    assertTrue(Role.SCALE.isParameter());
    assertFalse(Role.MEAN.isParameter());
    assertFalse(Role.VARIANCE.isParameter());
  }

  @Test
  void batchNormRefusesWhatCannotBe() {
    assertRefused(() -> new BatchNorm(-1e-5f), "epsilon=-1.0E-5", "at least 0");
    assertRefused(() -> new BatchNorm(Float.NaN), "epsilon=NaN", "finite");
    assertRefused(() -> new BatchNorm(0).outputShape(List.of(Shape.of(5))), "rank 2", "shape 5");
    assertRefused(() -> new BatchNorm(0).weights(List.of(Shape.of())), "rank 2", "scalar");
  }

  @Test
  void localResponseNormKeepsTheShape() {
    LocalResponseNorm norm = new LocalResponseNorm(5, 1e-4f, 0.75f, 1);
    assertEquals(INPUT.getFirst(), norm.outputShape(INPUT));
    assertEquals(new Cost(0, 0, 4 * 2 * 210), norm.cost(INPUT));
    assertRefused(() -> norm.outputShape(List.of(Shape.of(3, 5, 7))), "rank 4", "3×5×7");
  }

  @Test
  void localResponseNormRefusesWhatCannotBe() {
    assertRefused(() -> new LocalResponseNorm(0, 1, 1, 1), "size=0", "at least 1");
    assertRefused(() -> new LocalResponseNorm(5, Float.NaN, 1, 1), "alpha=NaN", "finite");
    assertRefused(() -> new LocalResponseNorm(5, 1, Float.NaN, 1), "beta=NaN", "finite");
    assertRefused(() -> new LocalResponseNorm(5, 1, 1, Float.NaN), "k=NaN", "finite");
    assertRefused(() -> new LocalResponseNorm(5, -1, 1, 1), "alpha=-1.0", "at least 0");
    assertRefused(() -> new LocalResponseNorm(5, 1, 1, 0), "k=0.0", "over 0");
  }

  @Test
  void softmaxKeepsTheShapeAlongAnyAxisThatIsThere() {
    for (int axis = -4; axis < 4; axis++) {
      assertEquals(INPUT.getFirst(), new Softmax(axis).outputShape(INPUT));
    }
    assertRefused(() -> new Softmax(4).outputShape(INPUT), "axis 4", "2×3×5×7", "rank 4");
    assertRefused(() -> new Softmax(-5).outputShape(INPUT), "axis -5", "2×3×5×7", "rank 4");
    assertRefused(() -> new Softmax(0).outputShape(List.of(Shape.of())), "axis 0", "scalar");
  }

  @Test
  void softmaxSaysWhetherItGivesLogarithms() {
    assertEquals("softmax", new Softmax(1).kind());
    assertEquals("log-softmax", new Softmax(1, true).kind());
  }

  @Test
  void dropoutIsTheIdentityWithAProbability() {
    assertEquals(INPUT.getFirst(), new Dropout(0.5f).outputShape(INPUT));
    assertEquals(1, new Dropout(1).probability());
    assertRefused(() -> new Dropout(1.5f), "probability=1.5", "0..1");
    assertRefused(() -> new Dropout(-0.1f), "probability=-0.1", "0..1");
    assertRefused(() -> new Dropout(Float.NaN), "probability=NaN", "0..1");
  }

  @Test
  void groupNormKeepsTheShapeAndHasAScaleAndAShiftAChannel() {
    GroupNorm norm = new GroupNorm(2, 1e-5f);
    List<Shape> input = List.of(Shape.of(2, 6, 5));
    assertEquals(Shape.of(2, 6, 5), norm.outputShape(input));
    assertEquals(Map.of(Role.SCALE, Shape.of(6), Role.SHIFT, Shape.of(6)), norm.weights(input));
    assertEquals(new Cost(12, 0, 4 * (60 + 60 + 12)), norm.cost(input));
    assertEquals("group-norm", norm.kind());
    assertEquals(Shape.of(0, 6), norm.outputShape(List.of(Shape.of(0, 6))));
  }

  @Test
  void groupNormRefusesWhatIsNoGroup() {
    assertRefused(() -> new GroupNorm(0, 1), "groups=0", "at least 1");
    assertRefused(() -> new GroupNorm(1, -1), "epsilon=-1.0", "at least 0");
    assertRefused(() -> new GroupNorm(1, Float.NaN), "epsilon=NaN", "finite");
    assertRefused(
        () -> new GroupNorm(4, 0).outputShape(List.of(Shape.of(1, 6, 2))),
        "groups=4",
        "channels=6");
    assertRefused(
        () -> new GroupNorm(1, 0).outputShape(List.of(Shape.of(6))), "rank 2 or more", "6");
  }
}
