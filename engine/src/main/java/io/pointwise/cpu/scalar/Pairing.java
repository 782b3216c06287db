// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.Elementwise;
import io.pointwise.tensor.Shape;
import java.util.List;

/** An elementwise function of two inputs, broadcast to each other; see {@link PairRule}. */
final class Pairing implements ScalarOperation {
  private final Elementwise.Function function;
  private final Workers workers;

  Pairing(Elementwise.Function function, Workers workers) {
    this.function = function;
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field a = inputs.getFirst();
    Field b = inputs.getLast();
    Shape shape = output.shape();
    Stretch stretchA = new Stretch(a.shape(), shape);
    Stretch stretchB = new Stretch(b.shape(), shape);
    Tasks.overElements(
        workers,
        shape.elements(),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            long ia = stretchA.source(i);
            long ib = stretchB.source(i);
            double y = PairRule.value(function, a.value(ia), b.value(ib));
            double error =
                output.tracked()
                    ? PairRule.error(function, a.value(ia), a.error(ia), b.value(ib), b.error(ib))
                    : 0;
            output.set(i, y, error);
          }
        });
  }
}
