// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.Pad;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code vector-pad}: padding as copies of whole rows and what is put before and behind each. */
final class VectorPad extends VectorAlgorithm {
  VectorPad(Workers workers) {
    super("vector-pad", workers, List.of(Pad.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    return epilogueRefusal(step);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    Rows rows = new Rows((Pad) step.operation(), step.input(), step.output());
    long floats = rows.floats();
    Chunks chunks = Chunks.ofRows(floats == 0 ? 0 : step.output().elements() / floats, floats);
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    chunks.count(),
                    chunk -> {
                      for (long row = chunks.first(chunk); row < chunks.end(chunk); row++) {
                        rows.write(inputs.getFirst(), output, row);
                      }
                    }),
        0);
  }

  /**
   * The output as rows along the last axis that grows. An element of a row is a block: all that is
   * behind that axis.
   */
  private static final class Rows {
    /** Sizes of the axes before that of the rows, in the input. */
    private final int[] outerSizes;

    /** For each of them the input's index for each of the output's, −1 for none. */
    private final int[][] outer;

    /** The same for the axis of the rows. */
    private final int[] inner;

    /** Elements of a row in front of the input's own. */
    private final int before;

    /** Elements of a row of the input. */
    private final int size;

    /** Floats of an element. */
    private final long block;

    private final float value;

    Rows(Pad pad, Shape input, Shape output) {
      int last = input.rank() - 1;
      while (last > 0 && input.dim(last) == output.dim(last)) {
        last--;
      }
      int axis = Math.max(last, 0);
      boolean scalar = input.rank() == 0;
      outerSizes = IntStream.range(0, axis).map(input::dim).toArray();
      outer = IntStream.range(0, axis).mapToObj(i -> pad.sources(input, i)).toArray(int[][]::new);
      inner = scalar ? new int[1] : pad.sources(input, axis);
      before = scalar ? 0 : pad.before().get(axis);
      size = scalar ? 1 : input.dim(axis);
      block = scalar ? 1 : input.elements(axis + 1, input.rank());
      value = pad.value();
    }

    /** Floats of a row. */
    long floats() {
      return inner.length * block;
    }

    void write(MemorySegment input, MemorySegment output, long row) {
      long source = source(row);
      long target = row * floats();
      if (source < 0) {
        fill(output, target, floats());
        return;
      }
      copy(input, source * size, output, target + before * block, size);
      for (int i = 0; i < before; i++) {
        edge(input, source * size, i, output, target);
      }
      for (int i = before + size; i < inner.length; i++) {
        edge(input, source * size, i, output, target);
      }
    }

    /** The input's row that is the output's; −1 for none. */
    private long source(long row) {
      long source = 0;
      long step = 1;
      long rest = row;
      for (int axis = outer.length - 1; axis >= 0; axis--) {
        int[] sources = outer[axis];
        int index = sources[(int) (rest % sources.length)];
        if (index < 0) {
          return -1;
        }
        source += index * step;
        step *= outerSizes[axis];
        rest /= sources.length;
      }
      return source;
    }

    /** Element {@code i} of an output row, of those that are added. */
    private void edge(MemorySegment input, long source, int i, MemorySegment output, long target) {
      if (inner[i] < 0) {
        fill(output, target + i * block, block);
      } else {
        copy(input, source + inner[i], output, target + i * block, 1);
      }
    }

    /** Elements from {@code from} on; {@code to} counts floats. */
    private void copy(MemorySegment input, long from, MemorySegment output, long to, int elements) {
      if (elements * block == 1) {
        output.setAtIndex(Lanes.FLOAT, to, input.getAtIndex(Lanes.FLOAT, from));
      } else {
        long bytes = elements * block * Float.BYTES;
        MemorySegment.copy(input, from * block * Float.BYTES, output, to * Float.BYTES, bytes);
      }
    }

    private void fill(MemorySegment output, long from, long count) {
      if (count == 1) {
        output.setAtIndex(Lanes.FLOAT, from, value);
      } else {
        RowCopies.fill(output, from * Float.BYTES, Math.toIntExact(count), value);
      }
    }
  }
}
