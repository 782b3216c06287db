// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An output beside what it should be: types and shapes must be equal, integers and booleans too,
 * floating-point numbers within a tolerance.
 *
 * @param difference what is wrong, with the worst element; null where all is right
 * @param maxError largest absolute error of any element; null where the tensors cannot be compared
 *     or an element is wrong by no number
 */
record OutputComparison(@Nullable String difference, @Nullable Double maxError) {

  static OutputComparison of(TypedTensor actual, TypedTensor expected, Tolerance tolerance) {
    if (actual.type() != expected.type()) {
      return new OutputComparison(
          "type " + actual.type().label() + " where " + expected.type().label() + " is expected",
          null);
    }
    if (!actual.shape().equals(expected.shape())) {
      return new OutputComparison(
          "shape " + actual.shape() + " where " + expected.shape() + " is expected", null);
    }
    boolean exact = expected.type().isInteger() || expected.type() == ElementType.BOOL;
    Count count = new Count(exact ? new Tolerance(0, 0) : tolerance);
    for (long i = 0; i < expected.shape().elements(); i++) {
      if (!exact) {
        count.see(i, actual.value(i), expected.value(i));
      } else if (actual.integer(i) != expected.integer(i)) {
        count.differ(i, Math.abs(actual.value(i) - expected.value(i)));
      }
    }
    return count.comparison(actual, expected);
  }

  /** What was seen so far. */
  private static final class Count {
    private final Tolerance tolerance;
    private long wrong;
    private long worst = -1;
    private double worstRatio = -1;
    private double maxError;

    Count(Tolerance tolerance) {
      this.tolerance = tolerance;
    }

    void see(long index, double actual, double expected) {
      double error = error(actual, expected);
      maxError = Math.max(maxError, error);
      if (!tolerance.allows(actual, expected)) {
        wrong++;
        note(index, error / tolerance.bound(expected));
      }
    }

    /** An element that must be equal and is not. */
    void differ(long index, double error) {
      maxError = Math.max(maxError, error);
      wrong++;
      note(index, error);
    }

    private void note(long index, double ratio) {
      // 0 / 0 and the like are as wrong as can be.
      double weight = Double.isNaN(ratio) ? Double.POSITIVE_INFINITY : ratio;
      if (weight > worstRatio) {
        worstRatio = weight;
        worst = index;
      }
    }

    /** Infinite where one of the two is no finite number and the other is not the same. */
    private static double error(double actual, double expected) {
      if (Double.compare(actual, expected) == 0) {
        return 0;
      }
      double error = Math.abs(actual - expected);
      return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }

    OutputComparison comparison(TypedTensor actual, TypedTensor expected) {
      Double max = Double.isFinite(maxError) ? maxError : null;
      if (wrong == 0) {
        return new OutputComparison(null, max);
      }
      String text =
          String.format(
              Locale.ROOT,
              "%s of %d elements wrong, the worst at %s: %s where %s is expected",
              wrong == 1 ? "1" : String.valueOf(wrong),
              expected.shape().elements(),
              place(expected.shape(), worst),
              number(actual, worst),
              number(expected, worst));
      return new OutputComparison(text, max);
    }

    private static String number(TypedTensor tensor, long index) {
      boolean whole = tensor.type().isInteger() || tensor.type() == ElementType.BOOL;
      return whole
          ? String.valueOf(tensor.integer(index))
          : String.format(Locale.ROOT, "%.9g", tensor.value(index));
    }
  }

  /** Indices of an element, as {@code [0, 3, 1, 2]}. */
  private static String place(Shape shape, long index) {
    StringBuilder text = new StringBuilder("]");
    long rest = index;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      text.insert(0, (axis > 0 ? ", " : "") + rest % shape.dim(axis));
      rest /= shape.dim(axis);
    }
    return text.insert(0, "[").toString();
  }
}
