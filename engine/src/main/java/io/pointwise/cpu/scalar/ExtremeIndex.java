// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.ArgReduce;
import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * The index of the greatest or least element along an axis, see {@link ArgReduce}.
 *
 * <p>Error: the distance to the farthest index whose element may, within the errors of both, be the
 * extreme one instead; 0 where no element comes near. Elements without errors are compared exactly,
 * unless they are so small that a device may take them for zero.
 */
final class ExtremeIndex implements ScalarOperation {
  private final boolean max;
  private final boolean last;
  private final int axis;
  private final Workers workers;

  ExtremeIndex(ArgReduce layer, Shape input, Workers workers) {
    this.max = layer.mode() == ArgReduce.Mode.MAX;
    this.last = layer.last();
    this.axis = layer.axis() < 0 ? layer.axis() + input.rank() : layer.axis();
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field input = inputs.getFirst();
    Shape shape = input.shape();
    int size = shape.dim(axis);
    long inner = shape.elements(axis + 1, shape.rank());
    Tasks.overElements(
        workers,
        output.shape().elements(),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            line(input, i / inner * size * inner + i % inner, inner, size, output, i);
          }
        });
  }

  private void line(Field input, long start, long step, int size, Field output, long at) {
    int found = 0;
    for (int i = 1; i < size; i++) {
      double best = input.value(start + found * step);
      double x = input.value(start + i * step);
      if (last ? !beats(best, x) : beats(x, best)) {
        found = i;
      }
    }
    Interval extreme = held(input, start + found * step);
    double error = 0;
    for (int i = 0; i < size; i++) {
      if (held(input, start + i * step).mayReach(extreme)) {
        error = Math.max(error, Math.abs(i - found));
      }
    }
    output.set(at, found, error);
  }

  private boolean beats(double x, double best) {
    if (Double.isNaN(x) || Double.isNaN(best)) {
      return Double.isNaN(x) && !Double.isNaN(best);
    }
    return max ? x > best : x < best;
  }

  /** What may be held in place of an element; the greater, the more extreme. */
  private Interval held(Field input, long i) {
    return Interval.of(max ? input.value(i) : -input.value(i), input.error(i));
  }
}
