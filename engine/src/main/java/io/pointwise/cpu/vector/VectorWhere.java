// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.Where;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Layout;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code vector-where}: a choice between two tensors, all broadcast to each other. */
final class VectorWhere extends VectorAlgorithm {
  VectorWhere(Workers workers) {
    super("vector-where", workers, List.of(Where.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    return epilogueRefusal(step);
  }

  @Override
  List<LayoutChoice> choices(Step step) {
    return placewise(step);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    Layout layout = choice.output();
    Shape result = stored(layout, step.output());
    StridedRuns[] operands =
        step.inputs().stream()
            .map(input -> StridedRuns.broadcast(stored(layout, input), result))
            .toArray(StridedRuns[]::new);
    Chunks chunks = new Chunks(result.elements());
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    chunks.count(),
                    chunk -> {
                      long end = chunks.end(chunk);
                      for (long at = chunks.first(chunk); at < end; at += Stretches.FLOATS) {
                        stretch(operands, inputs, output, at, Stretches.length(at, end));
                      }
                    }),
        0);
  }

  private static void stretch(
      StridedRuns[] operands,
      List<MemorySegment> inputs,
      MemorySegment output,
      long at,
      int count) {
    Scratch scratch = Scratch.of(2 * Stretches.FLOATS, Stretches.FLOATS);
    float[] conditions = scratch.sums();
    float[] values = scratch.panel();
    operands[0].read(inputs.get(0), at, count, conditions, 0);
    operands[1].read(inputs.get(1), at, count, values, 0);
    operands[2].read(inputs.get(2), at, count, values, Stretches.FLOATS);
    for (int i = 0; i < count; i++) {
      float condition = conditions[i];
      float chosen = values[condition == 0 ? i + Stretches.FLOATS : i];
      conditions[i] = Float.isNaN(condition) ? condition : chosen;
    }
    MemorySegment.copy(conditions, 0, output, Lanes.FLOAT, at * Float.BYTES, count);
  }
}
