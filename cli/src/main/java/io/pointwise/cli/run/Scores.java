// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An output that holds a score for each class, for one image or for each of a batch.
 *
 * @param values row by row
 * @param rows images
 * @param classes scores of each
 */
record Scores(TypedTensor values, int rows, int classes) {
  /** A class and its score. */
  record Entry(int row, int index, double value) {}

  /**
   * Sees a tensor as scores: of at least two classes, along one dimension; another one before it
   * may count images.
   */
  static Optional<Scores> of(TypedTensor tensor) {
    Shape shape = tensor.shape();
    if (shape.elements() > Integer.MAX_VALUE || shape.elements() == 0) {
      return Optional.empty();
    }
    int classes = 1;
    int rows = 1;
    for (int axis = 0; axis < shape.rank(); axis++) {
      int dim = shape.dim(axis);
      if (dim == 1) {
        continue;
      }
      boolean batch = axis == 0 && shape.elements() > dim;
      if (batch) {
        rows = dim;
      } else if (classes == 1) {
        classes = dim;
      } else {
        return Optional.empty();
      }
    }
    return classes > 1 ? Optional.of(new Scores(tensor, rows, classes)) : Optional.empty();
  }

  /** The classes of a row with the highest scores, highest first; of equal ones the first. */
  List<Entry> top(int row, int count) {
    List<Entry> entries = new ArrayList<>();
    IntStream.range(0, classes).forEach(i -> entries.add(new Entry(row, i, value(row, i))));
    // NaN is larger than everything in Double.compare and belongs at the end here.
    entries.sort(
        Comparator.comparing((Entry entry) -> Double.isNaN(entry.value()))
            .thenComparing(Entry::value, Comparator.reverseOrder()));
    return List.copyOf(entries.subList(0, Math.min(count, classes)));
  }

  /** The class with the highest score. */
  int best(int row) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      // Also leaves a NaN for a number.
      if (value(row, i) > value(row, best) || Double.isNaN(value(row, best))) {
        best = i;
      }
    }
    return best;
  }

  private double value(int row, int index) {
    return values.value((long) row * classes + index);
  }
}
