// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {
  private static Scores scores(Shape shape, float... values) {
    return Scores.of(TypedTensor.of(Tensor.of(shape, values))).orElseThrow();
  }

  private static List<Integer> top(Scores scores, int row, int count) {
    return scores.top(row, count).stream().map(Scores.Entry::index).toList();
  }

  @Test
  void vectorsAreScoresHoweverTheyAreShaped() {
    for (Shape shape :
        List.of(Shape.of(3), Shape.of(1, 3), Shape.of(1, 3, 1, 1), Shape.of(1, 1, 3))) {
      Scores scores = scores(shape, 1, 3, 2);
      assertEquals(1, scores.rows(), shape::toString);
      assertEquals(3, scores.classes(), shape::toString);
      assertEquals(List.of(1, 2), top(scores, 0, 2));
      assertEquals(1, scores.best(0));
    }
  }

  @Test
  void aBatchHasARowForEachImage() {
    Scores scores = scores(Shape.of(2, 3, 1, 1), 1, 3, 2, 6, 4, 5);
    assertEquals(2, scores.rows());
    assertEquals(List.of(1, 2, 0), top(scores, 0, 5));
    assertEquals(List.of(0, 2, 1), top(scores, 1, 5));
    assertEquals(new Scores.Entry(1, 0, 6), scores.top(1, 1).getFirst());
  }

  @Test
  void otherTensorsAreNoScores() {
    for (Shape shape :
        List.of(
            Shape.of(),
            Shape.of(1),
            Shape.of(0),
            Shape.of(1, 2, 3),
            Shape.of(2, 2, 2),
            Shape.of(1, 3, 4, 4))) {
      assertTrue(Scores.of(TypedTensor.of(Tensor.zeros(shape))).isEmpty(), shape::toString);
    }
  }

  @Test
  void ofEqualScoresTheFirstWins() {
    Scores scores = scores(Shape.of(4), 1, 2, 2, 1);
    assertEquals(List.of(1, 2, 0, 3), top(scores, 0, 4));
    assertEquals(1, scores.best(0));
  }

  @Test
  void notANumberComesLast() {
    Scores scores = scores(Shape.of(4), Float.NaN, -1, Float.NEGATIVE_INFINITY, Float.NaN);
    assertEquals(List.of(1, 2, 0, 3), top(scores, 0, 4));
    assertEquals(1, scores.best(0));
    assertEquals(2, scores(Shape.of(3), Float.NaN, Float.NaN, 0).best(0));
  }
}
