// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/** Copies many short rows at once; a call for each row would cost more than the row. */
final class RowCopies {
  /** The even ones of the lanes of two vectors. */
  private static final VectorShuffle<Float> EVEN = VectorShuffle.makeUnzip(Lanes.SPECIES, 0);

  private RowCopies() {}

  /** Writes {@code value} to {@code count} floats. */
  static void fill(MemorySegment target, long offset, int count, float value) {
    FloatVector values = FloatVector.broadcast(Lanes.SPECIES, value);
    int i = 0;
    for (; i <= count - Lanes.LENGTH; i += Lanes.LENGTH) {
      values.intoMemorySegment(target, offset + (long) i * Float.BYTES, Lanes.ORDER);
    }
    VectorMask<Float> rest = Lanes.first(count - i);
    values.intoMemorySegment(target, offset + (long) i * Float.BYTES, Lanes.ORDER, rest);
  }

  /**
   * Copies the elements of some rows.
   *
   * @param from first element, in bytes
   * @param down which rows
   * @param sourceWidth floats from one row of the source to the next
   * @param to place of the first element, in bytes
   * @param targetWidth floats from one row of the target to the next
   * @param across which elements of a row
   */
  static void copy(
      MemorySegment source,
      long from,
      WindowPlanes.Span down,
      long sourceWidth,
      MemorySegment target,
      long to,
      long targetWidth,
      WindowPlanes.Span across) {
    long sourceStep = down.sourceStep() * sourceWidth * Float.BYTES;
    long targetStep = down.step() * targetWidth * Float.BYTES;
    if (across.step() == 1 && across.sourceStep() == 1) {
      whole(source, from, sourceStep, target, to, targetStep, down.count(), across.count());
    } else if (across.step() == 1 && across.sourceStep() == 2) {
      even(source, from, sourceStep, target, to, targetStep, down.count(), across.count());
    } else {
      strided(source, from, sourceStep, target, to, targetStep, down.count(), across);
    }
  }

  private static void whole(
      MemorySegment source,
      long from,
      long sourceStep,
      MemorySegment target,
      long to,
      long targetStep,
      int rows,
      int count) {
    int vectors = count / Lanes.LENGTH;
    long tail = vectors * Lanes.BYTES;
    VectorMask<Float> rest = Lanes.first(count % Lanes.LENGTH);
    for (int row = 0; row < rows; row++) {
      long read = from + row * sourceStep;
      long write = to + row * targetStep;
      for (int v = 0; v < vectors; v++) {
        FloatVector.fromMemorySegment(Lanes.SPECIES, source, read + v * Lanes.BYTES, Lanes.ORDER)
            .intoMemorySegment(target, write + v * Lanes.BYTES, Lanes.ORDER);
      }
      FloatVector.fromMemorySegment(Lanes.SPECIES, source, read + tail, Lanes.ORDER, rest)
          .intoMemorySegment(target, write + tail, Lanes.ORDER, rest);
    }
  }

  /**
   * Every second element: two vectors make one, the last ones masked so as not to leave the row.
   */
  private static void even(
      MemorySegment source,
      long from,
      long sourceStep,
      MemorySegment target,
      long to,
      long targetStep,
      int rows,
      int count) {
    int whole = (2 * count - 1) / (2 * Lanes.LENGTH) * Lanes.LENGTH;
    int readable = 2 * (count - whole) - 1;
    VectorMask<Float> lowRest = Lanes.first(readable);
    VectorMask<Float> highRest = Lanes.first(Math.max(0, readable - Lanes.LENGTH));
    VectorMask<Float> rest = Lanes.first(count - whole);
    for (int row = 0; row < rows; row++) {
      long read = from + row * sourceStep;
      long write = to + row * targetStep;
      for (int i = 0; i < whole; i += Lanes.LENGTH) {
        FloatVector low = FloatVector.fromMemorySegment(Lanes.SPECIES, source, read, Lanes.ORDER);
        FloatVector high =
            FloatVector.fromMemorySegment(Lanes.SPECIES, source, read + Lanes.BYTES, Lanes.ORDER);
        low.rearrange(EVEN, high).intoMemorySegment(target, write, Lanes.ORDER);
        read += 2 * Lanes.BYTES;
        write += Lanes.BYTES;
      }
      FloatVector low =
          FloatVector.fromMemorySegment(Lanes.SPECIES, source, read, Lanes.ORDER, lowRest);
      FloatVector high =
          FloatVector.fromMemorySegment(
              Lanes.SPECIES, source, read + Lanes.BYTES, Lanes.ORDER, highRest);
      low.rearrange(EVEN, high).intoMemorySegment(target, write, Lanes.ORDER, rest);
    }
  }

  private static void strided(
      MemorySegment source,
      long from,
      long sourceStep,
      MemorySegment target,
      long to,
      long targetStep,
      int rows,
      WindowPlanes.Span across) {
    long readStep = (long) across.sourceStep() * Float.BYTES;
    long writeStep = (long) across.step() * Float.BYTES;
    for (int row = 0; row < rows; row++) {
      long read = from + row * sourceStep;
      long write = to + row * targetStep;
      for (int i = 0; i < across.count(); i++) {
        target.set(
            Lanes.FLOAT, write + i * writeStep, source.get(Lanes.FLOAT, read + i * readStep));
      }
    }
  }
}
