// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.layer.Broadcast;
import io.pointwise.layer.StridedMap;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A {@link StridedMap} made ready for copying: axes of one element are dropped, neighbours whose
 * steps fit together become one axis, and any stretch of the output is read into an array by loops
 * over the last two axes. Divisions are spent on the stretch, not on each element.
 */
final class StridedRuns {
  /** Elements from which on a call that copies is faster than a loop. */
  private static final int LEAST_COPIED = 16;

  private final long offset;
  private final int[] counts;
  private final long[] steps;

  private StridedRuns(long offset, int[] counts, long[] steps) {
    this.offset = offset;
    this.counts = counts;
    this.steps = steps;
  }

  static StridedRuns of(StridedMap map) {
    List<Integer> counts = new ArrayList<>(List.of(1, 1));
    List<Long> steps = new ArrayList<>(List.of(0L, 0L));
    for (int axis = 0; axis < map.counts().size(); axis++) {
      int count = map.counts().get(axis);
      long step = map.steps().get(axis);
      if (count == 1) {
        continue;
      }
      long merged = (long) counts.getLast() * count;
      boolean fits = counts.getLast() == 1 || steps.getLast() == count * step;
      if (fits && merged <= Integer.MAX_VALUE) {
        counts.set(counts.size() - 1, (int) merged);
        steps.set(steps.size() - 1, step);
      } else {
        counts.add(count);
        steps.add(step);
      }
    }
    return new StridedRuns(
        map.offset(),
        counts.stream().mapToInt(Integer::intValue).toArray(),
        steps.stream().mapToLong(Long::longValue).toArray());
  }

  /** Of an input that is broadcast to the output. */
  static StridedRuns broadcast(Shape input, Shape output) {
    return of(
        new StridedMap(
            output,
            0,
            Arrays.stream(output.toArray()).boxed().toList(),
            Arrays.stream(Broadcast.strides(input, output)).boxed().toList()));
  }

  /** Elements of the longest runs that lie next to each other in input and output. */
  int run() {
    return steps[steps.length - 1] == 1 ? counts[counts.length - 1] : 1;
  }

  /** The input's element that is the output's at {@code at}, which begins a {@link #run}. */
  long source(long at) {
    long rest = at / counts[counts.length - 1];
    return source(rest, counts.length - 2);
  }

  private long source(long row, int last) {
    long source = offset;
    long rest = row;
    for (int axis = last; axis >= 0; axis--) {
      source += rest % counts[axis] * steps[axis];
      rest /= counts[axis];
    }
    return source;
  }

  /**
   * Reads the output elements {@code from} to {@code from + count} to {@code target[to]} and on.
   */
  void read(MemorySegment input, long from, int count, float[] target, int to) {
    int columns = counts[counts.length - 1];
    int rows = counts[counts.length - 2];
    long columnStep = steps[steps.length - 1];
    long rowStep = steps[steps.length - 2];
    long at = from;
    int done = 0;
    while (done < count) {
      long row = at / columns;
      int column = (int) (at % columns);
      long source = source(row, counts.length - 2) + column * columnStep;
      int read;
      if (column != 0 || count - done < columns) {
        read = Math.min(columns - column, count - done);
        line(input, source, columnStep, read, target, to + done);
      } else {
        int whole = (int) Math.min(rows - row % rows, (count - done) / columns);
        read = whole * columns;
        block(input, source, whole, rowStep, columns, columnStep, target, to + done);
      }
      done += read;
      at += read;
    }
  }

  private static void block(
      MemorySegment input,
      long source,
      int rows,
      long rowStep,
      int columns,
      long columnStep,
      float[] target,
      int to) {
    if (columnStep == 0 || Math.abs(columnStep) <= Math.abs(rowStep) || rows < 2) {
      for (int row = 0; row < rows; row++) {
        line(input, source + row * rowStep, columnStep, columns, target, to + row * columns);
      }
    } else {
      // A transposed block: along the columns of the output the input is read in its own order.
      for (int column = 0; column < columns; column++) {
        spread(input, source + column * columnStep, rowStep, rows, target, to + column, columns);
      }
    }
  }

  private static void line(
      MemorySegment input, long source, long step, int count, float[] target, int to) {
    if (step == 1 && count >= LEAST_COPIED) {
      MemorySegment.copy(input, Lanes.FLOAT, source * Float.BYTES, target, to, count);
    } else if (step == 0) {
      Arrays.fill(target, to, to + count, input.getAtIndex(Lanes.FLOAT, source));
    } else {
      spread(input, source, step, count, target, to, 1);
    }
  }

  private static void spread(
      MemorySegment input,
      long source,
      long step,
      int count,
      float[] target,
      int to,
      int targetStep) {
    long at = source * Float.BYTES;
    int write = to;
    for (int i = 0; i < count; i++) {
      target[write] = input.get(Lanes.FLOAT, at);
      at += step * Float.BYTES;
      write += targetStep;
    }
  }
}
