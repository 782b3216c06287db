// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.Concat;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code vector-concat}: joins tensors by copies of whole runs. */
final class VectorConcat extends VectorAlgorithm {
  VectorConcat(Workers workers) {
    super("vector-concat", workers, List.of(Concat.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    return epilogueRefusal(step);
  }

  @Override
  List<LayoutChoice> choices(Step step) {
    LayoutChoice nchw = LayoutChoice.nchw(step.inputs().size(), 0);
    List<LayoutChoice> choices = new ArrayList<>();
    choices.add(nchw);
    BLOCKED.stream()
        .filter(layout -> joinsWholeBlocks(step, layout.block()))
        .map(layout -> LayoutChoice.uniform(layout, step.inputs().size(), 0, 0))
        .forEach(choices::add);
    return choices;
  }

  /** Whole blocks of channels lie one behind the other as channels do, and take as much room. */
  private static boolean joinsWholeBlocks(Step step, int block) {
    return step.output().rank() == 4
        && Math.floorMod(((Concat) step.operation()).axis(), 4) == 1
        && step.inputs().stream().allMatch(input -> input.dim(1) % block == 0);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    int given = ((Concat) step.operation()).axis();
    Shape output = step.output();
    int axis = given < 0 ? given + output.rank() : given;
    int outer = Math.toIntExact(output.elements(0, axis));
    long[] runs = new long[step.inputs().size()];
    long[] starts = new long[runs.length];
    long outputRun = 0;
    for (int i = 0; i < runs.length; i++) {
      runs[i] = step.inputs().get(i).elements(axis, output.rank()) * Float.BYTES;
      starts[i] = outputRun;
      outputRun += runs[i];
    }
    long row = outputRun;
    return new CpuStep(
        (inputs, target, _) ->
            workers()
                .run(
                    outer * runs.length,
                    task -> {
                      int input = task % runs.length;
                      long place = task / runs.length;
                      copy(
                          inputs,
                          input,
                          place * runs[input],
                          target,
                          place * row + starts[input],
                          runs[input]);
                    }),
        0);
  }

  private static void copy(
      List<MemorySegment> inputs, int input, long from, MemorySegment target, long to, long bytes) {
    MemorySegment.copy(inputs.get(input), from, target, to, bytes);
  }
}
