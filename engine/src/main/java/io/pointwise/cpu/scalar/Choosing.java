// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * The second input where the first is not 0, else the third.
 *
 * <p>Error: that of the chosen one. Where the condition's error leaves open which is chosen, the
 * distance to the other one and its error, if that is more.
 */
final class Choosing implements ScalarOperation {
  private final Workers workers;

  Choosing(Workers workers) {
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Shape shape = output.shape();
    List<Stretch> stretches =
        inputs.stream().map(input -> new Stretch(input.shape(), shape)).toList();
    Tasks.overElements(
        workers,
        shape.elements(),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            choose(inputs, stretches, output, i);
          }
        });
  }

  private static void choose(List<Field> inputs, List<Stretch> stretches, Field output, long i) {
    long at = stretches.getFirst().source(i);
    double condition = inputs.getFirst().value(at);
    Field chosen = inputs.get(condition != 0 ? 1 : 2);
    Field other = inputs.get(condition != 0 ? 2 : 1);
    long atChosen = stretches.get(condition != 0 ? 1 : 2).source(i);
    long atOther = stretches.get(condition != 0 ? 2 : 1).source(i);
    double y = Double.isNaN(condition) ? Double.NaN : chosen.value(atChosen);
    double error = chosen.error(atChosen);
    Interval held = Interval.of(condition, inputs.getFirst().error(at));
    if (held.mayBeZero() && held.mayBeOther()) {
      double distance = Math.abs(other.value(atOther) - y) + other.error(atOther);
      // The other one may be an infinity or NaN, to which there is no distance.
      error = Double.isFinite(distance) ? Math.max(error, distance) : Double.POSITIVE_INFINITY;
    }
    output.set(i, y, error);
  }
}
