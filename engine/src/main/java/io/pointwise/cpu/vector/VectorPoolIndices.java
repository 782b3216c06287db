// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.MaxPoolIndices;
import io.pointwise.layer.PoolSpec;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code vector-pool-indices}: where the maximum of each window is, in plain loops over floats. */
final class VectorPoolIndices extends VectorAlgorithm {
  VectorPoolIndices(Workers workers) {
    super("vector-pool-indices", workers, List.of(MaxPoolIndices.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    return epilogueRefusal(step);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    MaxPoolIndices layer = (MaxPoolIndices) step.operation();
    PoolSpec spec = layer.spec(step.input());
    int rows = spec.oh();
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    Math.multiplyExact(spec.n(), spec.c()),
                    channel -> {
                      MemorySegment input = inputs.getFirst();
                      for (int row = 0; row < rows; row++) {
                        row(input, output, spec, layer.columnMajor(), channel, row);
                      }
                    }),
        0);
  }

  private static void row(
      MemorySegment input,
      MemorySegment output,
      PoolSpec spec,
      boolean columnMajor,
      int channel,
      int row) {
    Window w = spec.window();
    int columns = spec.ow();
    long plane = (long) channel * spec.ih() * spec.iw();
    long top = (long) row * w.strideH() - w.padTop();
    int firstP = tapsBefore(0, top, w.dilationH(), w.kh());
    int endP = tapsBefore(spec.ih(), top, w.dilationH(), w.kh());
    for (int column = 0; column < columns; column++) {
      long left = (long) column * w.strideW() - w.padLeft();
      int firstQ = tapsBefore(0, left, w.dilationW(), w.kw());
      int endQ = tapsBefore(spec.iw(), left, w.dilationW(), w.kw());
      float best = Float.NEGATIVE_INFINITY;
      long found = -1;
      for (int p = firstP; p < endP; p++) {
        long line = plane + (top + (long) p * w.dilationH()) * spec.iw() + left;
        for (int q = firstQ; q < endQ; q++) {
          long at = line + (long) q * w.dilationW();
          float x = input.getAtIndex(Lanes.FLOAT, at);
          if (found < 0 || x > best || (Float.isNaN(x) && !Float.isNaN(best))) {
            best = x;
            found = at;
          }
        }
      }
      long to = ((long) channel * spec.oh() + row) * columns + column;
      output.setAtIndex(Lanes.FLOAT, to, (float) (columnMajor ? turned(found, spec) : found));
    }
  }

  /** The position if rows count faster than columns. */
  private static long turned(long position, PoolSpec spec) {
    if (position < 0) {
      return position;
    }
    long pixels = (long) spec.ih() * spec.iw();
    long pixel = position % pixels;
    return position - pixel + pixel % spec.iw() * spec.ih() + pixel / spec.iw();
  }

  /** How many taps at {@code start, start + dilation, …} are less than {@code limit}. */
  private static int tapsBefore(long limit, long start, int dilation, int taps) {
    return Math.clamp(Math.ceilDiv(limit - start, (long) dilation), 0, taps);
  }
}
