// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.Workers;
import io.pointwise.cpu.scalar.Tasks;
import io.pointwise.layer.ActivationFunction;
import java.lang.foreign.MemorySegment;

/** An activation in place over a whole output, for kernels that leave it to the vector tier. */
public final class ActivationPass {
  private final RunFunction function;
  private final Workers workers;

  public ActivationPass(ActivationFunction function, Workers workers) {
    this.function = RunFunction.of(function);
    this.workers = workers;
  }

  /** Applies it to every float of the memory. */
  public void run(MemorySegment memory) {
    Tasks.overElements(
        workers,
        memory.byteSize() / Float.BYTES,
        (from, to) -> {
          long at = from * Float.BYTES;
          function.apply(memory, at, memory, at, to - from);
        });
  }
}
