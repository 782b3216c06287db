// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.Reorder;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Copies float32 memory from one layout to another; the padding of a last channel block is written
 * as zero. Layouts are of device memory, hence this is no {@link ScalarOperation}: those know
 * values in the order of the shape.
 */
final class Reordering {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

  private final Layout from;
  private final Layout to;
  private final Shape shape;
  private final Workers workers;

  Reordering(Reorder reorder, Shape shape, Workers workers) {
    this.from = reorder.from();
    this.to = reorder.to();
    this.shape = shape;
    this.workers = workers;
  }

  void run(MemorySegment input, MemorySegment output) {
    if (from.equals(to)) {
      MemorySegment.copy(input, 0, output, 0, to.bytes(shape));
      return;
    }
    // Channels of the last block that exist only in memory are visited too, to be set to zero.
    int channels = Math.ceilDiv(shape.dim(1), to.block()) * to.block();
    workers.run(
        Math.multiplyExact(shape.dim(0), channels),
        task -> channel(input, output, task / channels, task % channels));
  }

  private void channel(MemorySegment input, MemorySegment output, int n, int c) {
    boolean padding = c >= shape.dim(1);
    for (int h = 0; h < shape.dim(2); h++) {
      for (int w = 0; w < shape.dim(3); w++) {
        float value = padding ? 0 : input.getAtIndex(FLOAT, from.index(shape, n, c, h, w));
        output.setAtIndex(FLOAT, to.index(shape, n, c, h, w), value);
      }
    }
  }
}
