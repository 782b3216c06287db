// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.StridedLayer;
import io.pointwise.network.Weights;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code vector-copy}: transposes, slices, expansions, windows and channel shuffles as copies by
 * {@link StridedRuns}. Long runs go straight from memory to memory, all else in stretches that are
 * put together in the first-level cache.
 */
final class VectorCopy extends VectorAlgorithm {
  /** Floats of a run from which on it is copied on its own. */
  private static final int LONG_RUN = 256;

  VectorCopy(Workers workers) {
    super("vector-copy", workers, List.of(StridedLayer.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    return epilogueRefusal(step);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    StridedRuns runs = StridedRuns.of(((StridedLayer) step.operation()).map(step.input()));
    Chunks chunks = new Chunks(step.output().elements());
    boolean direct = runs.run() >= LONG_RUN;
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    chunks.count(),
                    chunk -> {
                      long from = chunks.first(chunk);
                      long to = from + chunks.length(chunk);
                      if (direct) {
                        copyRuns(runs, inputs.getFirst(), output, from, to);
                      } else {
                        copyStretches(runs, inputs.getFirst(), output, from, to);
                      }
                    }),
        0);
  }

  private static void copyRuns(
      StridedRuns runs, MemorySegment input, MemorySegment output, long from, long to) {
    for (long at = from; at < to; ) {
      long within = at % runs.run();
      long count = Math.min(runs.run() - within, to - at);
      long source = (runs.source(at) + within) * Float.BYTES;
      MemorySegment.copy(input, source, output, at * Float.BYTES, count * Float.BYTES);
      at += count;
    }
  }

  private static void copyStretches(
      StridedRuns runs, MemorySegment input, MemorySegment output, long from, long to) {
    float[] values = Scratch.of(Stretches.FLOATS, 0).panel();
    for (long at = from; at < to; at += Stretches.FLOATS) {
      int count = Stretches.length(at, to);
      runs.read(input, at, count, values, 0);
      MemorySegment.copy(values, 0, output, Lanes.FLOAT, at * Float.BYTES, count);
    }
  }
}
