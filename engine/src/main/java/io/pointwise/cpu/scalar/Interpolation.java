// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.AxisTaps;
import io.pointwise.layer.Resize;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Resampling: weighted sums of neighbours along some axes, see {@link Resize}.
 *
 * <p>Error: a sum of T elements x with weights w, {@code Σ|w|e + γ·Σ|w|(|x| + e)}. A weight is the
 * product of as many as A axes, each of them rounded, multiplied with each other and with the
 * element, and all is added up, in one sum or axis by axis: at most {@code T + 3A} roundings. A
 * single element of weight 1 is a copy.
 */
final class Interpolation implements ScalarOperation {
  private final Resize layer;
  private final Shape input;
  private final List<AxisTaps> taps = new ArrayList<>();
  private final Workers workers;

  Interpolation(Resize layer, Shape input, Shape output, Workers workers) {
    this.layer = layer;
    this.input = input;
    this.workers = workers;
    for (int axis = 0; axis < input.rank(); axis++) {
      taps.add(taps(layer, input, axis, output.dim(axis)));
    }
  }

  private static AxisTaps taps(Resize layer, Shape input, int axis, int size) {
    for (Resize.Axis each : layer.axes()) {
      if (each.axis() == axis) {
        return layer.taps(input, each);
      }
    }
    return AxisTaps.unchanged(size);
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Shape shape = output.shape();
    Tasks.overElements(
        workers,
        shape.elements(),
        (from, to) -> {
          int[] index = new int[shape.rank()];
          for (long i = from; i < to; i++) {
            long rest = i;
            boolean outside = false;
            for (int axis = shape.rank() - 1; axis >= 0; axis--) {
              index[axis] = (int) (rest % shape.dim(axis));
              rest /= shape.dim(axis);
              outside |= taps.get(axis).outside()[index[axis]];
            }
            if (outside) {
              output.set(i, layer.outside(), 0);
            } else {
              set(inputs.getFirst(), index, output, i);
            }
          }
        });
  }

  private void set(Field field, int[] index, Field output, long at) {
    Sum sum = new Sum();
    add(field, index, 0, 0, 1, sum);
    boolean copies = sum.terms == 1 && sum.weight == 1;
    long roundings = copies ? 0 : sum.terms + 3L * layer.axes().size();
    double own = Rounding.gamma(roundings) * sum.magnitude + Rounding.flushed(roundings);
    output.set(at, sum.value, sum.error + own);
  }

  /** What has been added up so far. */
  private static final class Sum {
    long terms;
    double weight;
    double value;
    double error;
    double magnitude;
  }

  /** Adds all that the taps of this axis and all later ones name. */
  private void add(Field field, int[] index, int axis, long at, double weight, Sum sum) {
    if (axis == index.length) {
      double x = field.value(at);
      double e = field.error(at);
      sum.terms++;
      sum.weight += weight;
      sum.value += weight * x;
      sum.error += Math.abs(weight) * e;
      sum.magnitude += Math.abs(weight) * (Math.abs(x) + e);
      return;
    }
    int[] sources = taps.get(axis).sources()[index[axis]];
    double[] weights = taps.get(axis).weights()[index[axis]];
    for (int k = 0; k < sources.length; k++) {
      long next = at * input.dim(axis) + sources[k];
      add(field, index, axis + 1, next, weight * weights[k], sum);
    }
  }
}
