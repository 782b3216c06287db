// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import io.pointwise.cpu.scalar.Tasks;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.Locale;

/**
 * How a computed tensor compares with what it should be.
 *
 * <p>NaN passes only where NaN is expected, and nothing else passes there. Infinities must be
 * equal; a finite value whose interval goes beyond the range of float32 may also have become an
 * infinity.
 *
 * @param ok whether every element is within its bound
 * @param maxError the largest absolute error of any element; infinite when a NaN or an infinity is
 *     wrong
 * @param error absolute error of the worst element, that of the largest ratio of error to bound
 * @param bound bound of the worst element
 * @param worstIndex row-major position of the worst element; −1 for a tensor without elements
 * @param actual its value
 * @param expected the value that it should have
 * @param wrong elements outside their bounds
 * @param shape of both
 */
public record Comparison(
    boolean ok,
    double maxError,
    double error,
    double bound,
    long worstIndex,
    double actual,
    double expected,
    long wrong,
    Shape shape) {

  /**
   * Compares each element within its bound.
   *
   * @throws IllegalArgumentException if the shapes differ
   */
  public static Comparison of(Tensor actual, Expected expected) {
    return compare(actual, expected, false);
  }

  /**
   * Demands that each element be the expected value rounded to float32, whatever the bound. For
   * data of which all partial sums are exact: small integers.
   *
   * @throws IllegalArgumentException if the shapes differ
   */
  public static Comparison exact(Tensor actual, Expected expected) {
    return compare(actual, expected, true);
  }

  private static Comparison compare(Tensor actual, Expected expected, boolean exact) {
    Shape shape = expected.shape();
    if (!actual.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "comparing a tensor of shape " + actual.shape() + " with one of shape " + shape);
    }
    long elements = shape.elements();
    Worst[] parts = new Worst[Tasks.count(elements)];
    Tasks.overElements(
        Reference.Pool.WORKERS,
        elements,
        (from, to) -> {
          Worst worst = new Worst();
          for (long i = from; i < to; i++) {
            worst.see(i, actual.get(i), expected, exact);
          }
          parts[Tasks.at(from)] = worst;
        });
    Worst worst = new Worst();
    for (Worst part : parts) {
      worst.merge(part);
    }
    return worst.comparison(actual, expected, exact);
  }

  /**
   * One sentence: whether it holds, and the worst element with its place, values, error and bound.
   */
  public String describe() {
    if (worstIndex < 0) {
      return "nothing to compare: shape " + shape + " has no elements";
    }
    String verdict =
        ok
            ? "all "
                + shape.elements()
                + " elements are within their bounds; the nearest to its bound"
            : wrong
                + " of "
                + shape.elements()
                + " elements are wrong; the farthest from its bound";
    return String.format(
        Locale.ROOT,
        "%s is at %s: %.9g where %.9g is expected, an error of %.3g where %.3g is allowed",
        verdict,
        place(),
        actual,
        expected,
        error,
        bound);
  }

  /** The worst element's place, as {@code [n=0, c=3, h=2, w=5]} for tensors of rank 4. */
  private String place() {
    String[] names = {"n=", "c=", "h=", "w="};
    StringBuilder text = new StringBuilder();
    long rest = worstIndex;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      String name = shape.rank() == names.length ? names[axis] : "";
      text.insert(0, name + rest % shape.dim(axis) + (axis == shape.rank() - 1 ? "" : ", "));
      rest /= shape.dim(axis);
    }
    return "[" + text + "]";
  }
}
