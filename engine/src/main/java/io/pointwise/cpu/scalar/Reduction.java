// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.Reduce;
import io.pointwise.layer.StridedMap;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * One number for all elements along some axes, see {@link Reduce}.
 *
 * <p>Errors, of n elements. Sum: the errors of all, and {@code γ(Σ(|x| + e))} with n − 1 roundings,
 * those of a division more for the mean. Squares: {@code Σe(2|x| + e)} and {@code γ_n·Σ(|x| + e)²}.
 * L2: the sum of squares S is wrong by that d, so the ends of {@code [√(S − d), √(S + d)]} and the
 * roundings of a root. Maximum: from the largest of {@code x − e} to the largest of {@code x + e};
 * comparisons do not round.
 */
final class Reduction implements ScalarOperation {
  private final Reduce.Function function;
  private final StridedMap lines;
  private final StridedMap elements;
  private final long count;
  private final Workers workers;

  Reduction(Reduce layer, Shape input, Shape output, Workers workers) {
    this.function = layer.function();
    this.workers = workers;
    boolean[] reduced = layer.reduced(input);
    this.lines = map(input, output, reduced, false);
    this.elements = map(input, output, reduced, true);
    long product = 1;
    for (int size : elements.counts()) {
      product *= size;
    }
    this.count = product;
  }

  /** Steps along those axes of the input that are reduced, or along the others. */
  private static StridedMap map(Shape input, Shape output, boolean[] reduced, boolean wanted) {
    List<Integer> counts = new ArrayList<>();
    List<Long> steps = new ArrayList<>();
    for (int axis = 0; axis < input.rank(); axis++) {
      if (reduced[axis] == wanted) {
        counts.add(input.dim(axis));
        steps.add(input.elements(axis + 1, input.rank()));
      }
    }
    return new StridedMap(output, 0, counts, steps);
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field input = inputs.getFirst();
    Tasks.overElements(
        workers,
        output.shape().elements(),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            long start = lines.source(i);
            switch (function) {
              case SUM -> sum(input, start, 1, output, i);
              case MEAN -> sum(input, start, count, output, i);
              case SUM_SQUARE, L2 -> squares(input, start, output, i);
              case MAX -> extreme(input, start, 1, output, i);
              case MIN -> extreme(input, start, -1, output, i);
            }
          }
        });
  }

  private void sum(Field input, long start, long divisor, Field output, long at) {
    double sum = 0;
    double error = 0;
    double magnitude = 0;
    for (long k = 0; k < count; k++) {
      long i = start + elements.source(k);
      sum += input.value(i);
      error += input.error(i);
      magnitude += Math.abs(input.value(i)) + input.error(i);
    }
    boolean divides = function == Reduce.Function.MEAN;
    double gamma = Rounding.gamma(Math.max(0, count - 1) + (divides ? Rounding.DIVIDE : 0));
    output.set(at, sum / divisor, (error + gamma * magnitude) / divisor + flushed());
  }

  private void squares(Field input, long start, Field output, long at) {
    double sum = 0;
    double spread = 0;
    double magnitude = 0;
    for (long k = 0; k < count; k++) {
      long i = start + elements.source(k);
      double x = Math.abs(input.value(i));
      double e = input.error(i);
      sum += x * x;
      spread += e * (2 * x + e);
      magnitude += (x + e) * (x + e);
    }
    double error = spread + Rounding.gamma(count) * magnitude + flushed();
    if (function == Reduce.Function.SUM_SQUARE) {
      output.set(at, sum, error);
    } else {
      double root = Math.sqrt(sum);
      double top = Math.sqrt(sum + error);
      double incoming = new Interval(Math.sqrt(Math.max(0, sum - error)), top).farthest(root);
      output.set(at, root, incoming + Rounding.gamma(Rounding.SQRT) * top + Rounding.TINY);
    }
  }

  /** One element alone is not even added to anything. */
  private double flushed() {
    return Rounding.flushed(count > 1 || function != Reduce.Function.SUM ? count + 2 : 0);
  }

  /** The greatest element times {@code sign}, the sign taken off again. */
  private void extreme(Field input, long start, int sign, Field output, long at) {
    double max = Double.NEGATIVE_INFINITY;
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (long k = 0; k < count; k++) {
      long i = start + elements.source(k);
      Interval held = Interval.of(sign * input.value(i), input.error(i));
      max = Math.max(max, sign * input.value(i));
      low = Math.max(low, held.low());
      high = Math.max(high, held.high());
    }
    output.set(at, sign * max, new Interval(low, high).farthest(max));
  }
}
