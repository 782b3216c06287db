// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.StridedMap;
import java.util.List;

/** Elements moved, repeated or dropped by regular steps: copies, so errors stay as they are. */
final class StridedCopy implements ScalarOperation {
  private final StridedMap map;
  private final Workers workers;

  StridedCopy(StridedMap map, Workers workers) {
    this.map = map;
    this.workers = workers;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    Field input = inputs.getFirst();
    Tasks.overElements(
        workers,
        output.shape().elements(),
        (from, to) -> {
          for (long i = from; i < to; i++) {
            long source = map.source(i);
            output.set(i, input.value(source), input.error(source));
          }
        });
  }
}
