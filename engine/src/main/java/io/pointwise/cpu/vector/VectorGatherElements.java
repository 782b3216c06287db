// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.GatherElements;
import io.pointwise.layer.StridedMap;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code vector-gather-elements}: elements picked one by one, row after row of the last axis, whose
 * place in the data is found once a row.
 */
final class VectorGatherElements extends VectorAlgorithm {
  VectorGatherElements(Workers workers) {
    super("vector-gather-elements", workers, List.of(GatherElements.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    if (step.input().rank() == 0) {
      return name() + " needs an axis";
    }
    return epilogueRefusal(step);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    int given = ((GatherElements) step.operation()).axis();
    Shape data = step.input();
    int rank = data.rank();
    int axis = given < 0 ? given + rank : given;
    int columns = step.output().dim(-1);
    Pick pick =
        new Pick(
            lines(data, step.output(), axis),
            columns,
            data.dim(axis),
            data.elements(axis + 1, rank),
            axis == rank - 1 ? 0 : 1);
    Chunks chunks = Chunks.ofRows(columns == 0 ? 0 : step.output().elements() / columns, columns);
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    chunks.count(),
                    chunk -> {
                      for (long row = chunks.first(chunk); row < chunks.end(chunk); row++) {
                        pick.row(inputs.getFirst(), inputs.getLast(), output, row);
                      }
                    }),
        0);
  }

  /** For each row of the output, where in the data it begins but for the picked index. */
  private static StridedMap lines(Shape data, Shape output, int axis) {
    List<Integer> counts = Arrays.stream(output.with(-1, 1).toArray()).boxed().toList();
    List<Long> steps =
        IntStream.range(0, data.rank())
            .mapToObj(i -> i == axis ? 0L : data.elements(i + 1, data.rank()))
            .toList();
    return new StridedMap(output, 0, counts, steps);
  }

  /**
   * How a row is picked.
   *
   * @param lines see above
   * @param columns of a row
   * @param size of the axis
   * @param step of the axis in the data
   * @param columnStep from column to column in the data
   */
  private record Pick(StridedMap lines, int columns, int size, long step, int columnStep) {
    void row(MemorySegment data, MemorySegment indices, MemorySegment output, long row) {
      long line = lines.source(row);
      long first = row * columns;
      for (int column = 0; column < columns; column++) {
        int picked = PickedIndex.of(indices.getAtIndex(Lanes.FLOAT, first + column), size);
        long at = line + (long) column * columnStep + picked * step;
        float value = picked < 0 ? Float.NaN : data.getAtIndex(Lanes.FLOAT, at);
        output.setAtIndex(Lanes.FLOAT, first + column, value);
      }
    }
  }
}
