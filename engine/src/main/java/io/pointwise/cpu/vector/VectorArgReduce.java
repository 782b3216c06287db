// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.ArgReduce;
import io.pointwise.network.Weights;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code vector-arg-reduce}: where the extreme element is, for many lines at once. */
final class VectorArgReduce extends VectorAlgorithm {
  VectorArgReduce(Workers workers) {
    super("vector-arg-reduce", workers, List.of(ArgReduce.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    return epilogueRefusal(step);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    ArgReduce layer = (ArgReduce) step.operation();
    int axis = layer.axis() < 0 ? layer.axis() + step.input().rank() : layer.axis();
    ReducedAxes axes = ReducedAxes.of(step.input(), axis);
    boolean max = layer.mode() == ArgReduce.Mode.MAX;
    int pieces = Math.toIntExact(Math.ceilDiv(axes.inner(), (long) Stretches.FLOATS));
    Chunks chunks =
        Chunks.ofRows(
            axes.outer() * pieces, axes.count() * Math.min(axes.inner(), Stretches.FLOATS));
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    chunks.count(),
                    chunk -> {
                      for (long at = chunks.first(chunk); at < chunks.end(chunk); at++) {
                        long column = at % pieces * Stretches.FLOATS;
                        MemorySegment input = inputs.getFirst();
                        if (axes.inner() == 1) {
                          line(input, output, at, axes.count(), max, layer.last());
                        } else {
                          piece(input, output, axes, at / pieces, column, max, layer.last());
                        }
                      }
                    }),
        0);
  }

  /** Whether {@code x} is more extreme than {@code best}; NaN is more so than any number. */
  private static boolean beats(float x, float best, boolean max) {
    boolean further = max ? x > best : x < best;
    return further || (Float.isNaN(x) && !Float.isNaN(best));
  }

  private static void line(
      MemorySegment input,
      MemorySegment output,
      long line,
      long length,
      boolean max,
      boolean last) {
    long start = line * length;
    float best = input.getAtIndex(Lanes.FLOAT, start);
    long found = 0;
    for (long i = 1; i < length; i++) {
      float x = input.getAtIndex(Lanes.FLOAT, start + i);
      if (last ? !beats(best, x, max) : beats(x, best, max)) {
        best = x;
        found = i;
      }
    }
    output.setAtIndex(Lanes.FLOAT, line, (float) found);
  }

  /** Some columns of one outer index. */
  private static void piece(
      MemorySegment input,
      MemorySegment output,
      ReducedAxes axes,
      long outer,
      long column,
      boolean max,
      boolean last) {
    int count = Stretches.length(column, axes.inner());
    Scratch scratch = Scratch.of(Stretches.FLOATS, 2 * Stretches.FLOATS);
    float[] x = scratch.panel();
    float[] found = scratch.sums();
    Arrays.fill(found, 0, count, 0);
    for (long i = 0; i < axes.count(); i++) {
      long from = (outer * axes.count() + i) * axes.inner() + column;
      MemorySegment.copy(input, Lanes.FLOAT, from * Float.BYTES, x, 0, count);
      if (i == 0) {
        System.arraycopy(x, 0, found, Stretches.FLOATS, count);
        continue;
      }
      for (int c = 0; c < count; c++) {
        float best = found[Stretches.FLOATS + c];
        if (last ? !beats(best, x[c], max) : beats(x[c], best, max)) {
          found[Stretches.FLOATS + c] = x[c];
          found[c] = i;
        }
      }
    }
    long to = (outer * axes.inner() + column) * Float.BYTES;
    MemorySegment.copy(found, 0, output, Lanes.FLOAT, to, count);
  }
}
