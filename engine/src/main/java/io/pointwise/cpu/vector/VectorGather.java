// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.Gather;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code vector-gather}: slices picked by index, each copied as a whole. */
final class VectorGather extends VectorAlgorithm {
  VectorGather(Workers workers) {
    super("vector-gather", workers, List.of(Gather.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    String refusal = epilogueRefusal(step);
    Shape data = step.input();
    long slice = data.elements(axis(step) + 1, data.rank());
    return refusal != null ? refusal : sizeRefusal("a slice", slice);
  }

  private static int axis(Step step) {
    int axis = ((Gather) step.operation()).axis();
    return axis < 0 ? axis + step.input().rank() : axis;
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    Shape data = step.input();
    int axis = axis(step);
    int size = data.dim(axis);
    int slice = Math.toIntExact(data.elements(axis + 1, data.rank()));
    long picks = step.inputs().getLast().elements();
    Chunks chunks = Chunks.ofRows(slice == 0 ? 0 : data.elements(0, axis) * picks, slice);
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    chunks.count(),
                    chunk -> {
                      for (long at = chunks.first(chunk); at < chunks.end(chunk); at++) {
                        float index = inputs.getLast().getAtIndex(Lanes.FLOAT, at % picks);
                        int picked = PickedIndex.of(index, size);
                        long source = at / picks * size + picked;
                        copy(inputs.getFirst(), picked < 0 ? -1 : source, output, at, slice);
                      }
                    }),
        0);
  }

  /** Copies a slice; NaN for a source under 0. */
  private static void copy(
      MemorySegment data, long source, MemorySegment output, long to, int floats) {
    long target = to * floats * Float.BYTES;
    if (source < 0) {
      RowCopies.fill(output, target, floats, Float.NaN);
    } else {
      long bytes = (long) floats * Float.BYTES;
      MemorySegment.copy(data, source * bytes, output, target, bytes);
    }
  }
}
