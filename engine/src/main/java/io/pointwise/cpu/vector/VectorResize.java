// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.AxisTaps;
import io.pointwise.layer.Resize;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code vector-resize}: resampling of two neighbouring axes, or one. Rows of the input are summed
 * to a row of the output's height first, which is then resampled along itself.
 */
final class VectorResize extends VectorAlgorithm {
  VectorResize(Workers workers) {
    super("vector-resize", workers, List.of(Resize.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    String refusal = epilogueRefusal(step);
    if (refusal != null) {
      return refusal;
    }
    int last = lastAxis(step);
    for (Resize.Axis each : ((Resize) step.operation()).axes()) {
      if (each.axis() < last - 1) {
        return name()
            + " is for two axes next to each other; this one resamples axis "
            + each.axis()
            + " and axis "
            + last;
      }
    }
    long inner = step.input().elements(last + 1, step.input().rank());
    long widest = Math.max(step.input().dim(last), step.output().dim(last));
    return sizeRefusal("a row", widest * inner);
  }

  /** The last axis that is resampled; the last of all where none is; −1 without axes. */
  private static int lastAxis(Step step) {
    return ((Resize) step.operation())
        .axes().stream().mapToInt(Resize.Axis::axis).max().orElse(step.input().rank() - 1);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    Shape input = step.input();
    int last = lastAxis(step);
    Resize layer = (Resize) step.operation();
    FlatTaps down = new FlatTaps(taps(layer, input, last - 1));
    Rows rows =
        new Rows(
            down,
            new FlatTaps(taps(layer, input, last)),
            last < 1 ? 1 : input.dim(last - 1),
            last < 0 ? 1 : input.dim(last),
            Math.toIntExact(input.elements(last + 1, input.rank())),
            layer.outside());
    long planes = last < 1 ? 1 : input.elements(0, last - 1);
    boolean empty = step.output().elements() == 0;
    Chunks chunks = Chunks.ofRows(empty ? 0 : planes * down.size(), rows.width());
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    chunks.count(),
                    chunk -> {
                      long first = chunks.first(chunk);
                      rows.write(inputs.getFirst(), output, first, chunks.end(chunk));
                    }),
        0);
  }

  private static AxisTaps taps(Resize layer, Shape input, int axis) {
    for (Resize.Axis each : layer.axes()) {
      if (each.axis() == axis) {
        return layer.taps(input, each);
      }
    }
    return AxisTaps.unchanged(axis < 0 ? 1 : input.dim(axis));
  }

  /** Rows of the output. */
  private static final class Rows {
    private final FlatTaps down;
    private final FlatTaps across;
    private final int inputRows;
    private final int inputColumns;
    private final int inner;
    private final float outside;
    private final int[][] sources;
    private final float[][] weights;

    /**
     * @param down taps from row to row
     * @param across taps within a row
     * @param inputRows of a plane
     * @param inputColumns of a row
     * @param inner floats of a column
     * @param outside value of what lies outside the region that may be read
     */
    Rows(
        FlatTaps down, FlatTaps across, int inputRows, int inputColumns, int inner, float outside) {
      this.down = down;
      this.across = across;
      this.inputRows = inputRows;
      this.inputColumns = inputColumns;
      this.inner = inner;
      this.outside = outside;
      // A tap that is missing reads a zero behind the row: no index needs a loop of its own.
      this.sources = new int[across.mostTaps()][];
      this.weights = new float[sources.length][];
      for (int tap = 0; tap < sources.length; tap++) {
        sources[tap] = across.sourcesOfTap(tap, inputColumns);
        weights[tap] = across.weightsOfTap(tap);
      }
    }

    /** Floats of an output row. */
    long width() {
      return (long) across.size() * inner;
    }

    void write(MemorySegment input, MemorySegment output, long first, long end) {
      int read = inputColumns * inner;
      int written = Math.toIntExact(width());
      Scratch scratch = Scratch.of(2 * read + 1, written);
      for (long at = first; at < end; at++) {
        int row = (int) (at % down.size());
        if (at == first || !down.repeats(row)) {
          compute(input, at / down.size() * inputRows, row, scratch, read);
        }
        long to = at * written * Float.BYTES;
        MemorySegment.copy(scratch.sums(), 0, output, Lanes.FLOAT, to, written);
      }
    }

    /** Puts a row of the output into the scratch. */
    private void compute(MemorySegment input, long firstRow, int row, Scratch scratch, int read) {
      float[] target = scratch.sums();
      if (down.outside()[row]) {
        Arrays.fill(target, 0, across.size() * inner, outside);
        return;
      }
      float[] source = scratch.panel();
      readRow(input, firstRow, row, source, read);
      if (across.copies()) {
        pick(source, target);
      } else if (inner == 1) {
        sum(source, target);
      } else {
        sumBlocks(source, target);
      }
      for (int i = 0; i < across.size(); i++) {
        if (across.outside()[i]) {
          Arrays.fill(target, i * inner, (i + 1) * inner, outside);
        }
      }
    }

    /** The sum over the input's rows behind a row, in the first half of the array. */
    private void readRow(MemorySegment input, long firstRow, int row, float[] source, int read) {
      int from = down.starts()[row];
      int to = down.starts()[row + 1];
      if (from == to) {
        Arrays.fill(source, 0, read, 0);
        return;
      }
      for (int tap = from; tap < to; tap++) {
        long at = (firstRow + down.sources()[tap]) * read * Float.BYTES;
        if (tap == from) {
          MemorySegment.copy(input, Lanes.FLOAT, at, source, 0, read);
          if (down.weights()[tap] != 1) {
            scale(source, read, down.weights()[tap]);
          }
        } else {
          MemorySegment.copy(input, Lanes.FLOAT, at, source, read, read);
          addScaled(source, read, down.weights()[tap]);
        }
      }
    }

    private static void scale(float[] x, int count, float weight) {
      for (int i = 0; i < count; i++) {
        x[i] *= weight;
      }
    }

    /** Adds the second half to the first. */
    private static void addScaled(float[] x, int count, float weight) {
      for (int i = 0; i < count; i++) {
        x[i] += weight * x[count + i];
      }
    }

    private void pick(float[] source, float[] target) {
      int[] picked = across.sources();
      if (inner == 1) {
        for (int i = 0; i < picked.length; i++) {
          target[i] = source[picked[i]];
        }
      } else {
        for (int i = 0; i < picked.length; i++) {
          System.arraycopy(source, picked[i] * inner, target, i * inner, inner);
        }
      }
    }

    private void sum(float[] source, float[] target) {
      source[inputColumns] = 0;
      Arrays.fill(target, 0, across.size(), 0);
      for (int tap = 0; tap < sources.length; tap++) {
        addPicked(source, sources[tap], weights[tap], target);
      }
    }

    private static void addPicked(float[] source, int[] sources, float[] weights, float[] target) {
      for (int i = 0; i < sources.length; i++) {
        target[i] += weights[i] * source[sources[i]];
      }
    }

    private void sumBlocks(float[] source, float[] target) {
      Arrays.fill(target, 0, across.size() * inner, 0);
      for (int i = 0; i < across.size(); i++) {
        for (int tap = across.starts()[i]; tap < across.starts()[i + 1]; tap++) {
          float weight = across.weights()[tap];
          int from = across.sources()[tap] * inner;
          int to = i * inner;
          for (int c = 0; c < inner; c++) {
            target[to + c] += weight * source[from + c];
          }
        }
      }
    }
  }
}
