// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.device.Epilogue;
import io.pointwise.layer.ActivationFunction;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.jspecify.annotations.Nullable;

/**
 * Writes computed rows to the output through the fused epilogue: bias, residual, activation.
 * Written once for all convolutions. Activations that clamp (none, ReLU, clip) cost one pass; any
 * other one a second pass over the run while it is in the cache.
 */
final class EpilogueWriter {
  private final float low;
  private final float high;
  private final @Nullable RunFunction second;
  private final boolean clamps;
  private final boolean residual;

  EpilogueWriter(Epilogue epilogue) {
    ActivationFunction activation = epilogue.activation();
    RunFunction.Clamp clamp = RunFunction.Clamp.of(activation);
    low = clamp == null ? Float.NEGATIVE_INFINITY : clamp.low();
    high = clamp == null ? Float.POSITIVE_INFINITY : clamp.high();
    second = activation == null || clamp != null ? null : RunFunction.of(activation);
    clamps = activation != null && clamp != null;
    residual = epilogue.residual();
  }

  /**
   * Where the rows go.
   *
   * @param output memory of the whole output
   * @param residual memory of the residual, laid out as the output; any memory when there is none
   * @param offset of the first row's channel in both, in bytes
   * @param channelBytes from one row's channel to the next
   */
  record Target(MemorySegment output, MemorySegment residual, long offset, long channelBytes) {}

  /**
   * Writes rows.
   *
   * @param source computed values, from {@code start} on
   * @param width floats from one row to the next in {@code source}
   * @param rows how many; each is one output channel
   * @param runs which values of a row are outputs
   * @param bias one value a row, from {@code firstBias} on
   * @param firstRow of the target that is written
   */
  void write(
      float[] source,
      int start,
      int width,
      int rows,
      OutputRuns runs,
      float[] bias,
      int firstBias,
      Target target,
      int firstRow) {
    for (int row = 0; row < rows; row++) {
      long channel = target.offset() + (firstRow + row) * target.channelBytes();
      for (int run = 0; run < runs.count(); run++) {
        int from = start + row * width + runs.start(run);
        long to = channel + (long) runs.target(run) * Float.BYTES;
        int length = runs.length(run);
        if (residual) {
          writeSum(
              source,
              from,
              target.residual(),
              target.output(),
              to,
              length,
              bias[firstBias + row],
              low,
              high);
        } else if (clamps) {
          writeClamped(source, from, target.output(), to, length, bias[firstBias + row], low, high);
        } else {
          write(source, from, target.output(), to, length, bias[firstBias + row]);
        }
        if (second != null) {
          second.apply(target.output(), to, target.output(), to, length);
        }
      }
    }
  }

  /** Bias only. */
  private static void write(
      float[] source, int from, MemorySegment output, long to, int count, float bias) {
    FloatVector added = FloatVector.broadcast(Lanes.SPECIES, bias);
    int i = 0;
    for (; i <= count - Lanes.LENGTH; i += Lanes.LENGTH) {
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, source, from + i);
      v.add(added).intoMemorySegment(output, to + (long) i * Float.BYTES, Lanes.ORDER);
    }
    if (i < count) {
      VectorMask<Float> mask = Lanes.SPECIES.indexInRange(i, count);
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, source, from + i, mask);
      v.add(added).intoMemorySegment(output, to + (long) i * Float.BYTES, Lanes.ORDER, mask);
    }
  }

  /**
   * Bias and clamp. Comparisons instead of {@code max} and {@code min}: fewer instructions than
   * what Java's rules for signed zeros and NaN take, and NaN, which compares false, stays.
   */
  private static void writeClamped(
      float[] source,
      int from,
      MemorySegment output,
      long to,
      int count,
      float bias,
      float low,
      float high) {
    FloatVector added = FloatVector.broadcast(Lanes.SPECIES, bias);
    FloatVector least = FloatVector.broadcast(Lanes.SPECIES, low);
    FloatVector most = FloatVector.broadcast(Lanes.SPECIES, high);
    int i = 0;
    for (; i <= count - Lanes.LENGTH; i += Lanes.LENGTH) {
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, source, from + i).add(added);
      FloatVector w = v.blend(least, v.lt(least));
      w.blend(most, w.compare(VectorOperators.GT, most))
          .intoMemorySegment(output, to + (long) i * Float.BYTES, Lanes.ORDER);
    }
    if (i < count) {
      VectorMask<Float> mask = Lanes.SPECIES.indexInRange(i, count);
      FloatVector v = FloatVector.fromArray(Lanes.SPECIES, source, from + i, mask).add(added);
      FloatVector w = v.blend(least, v.lt(least));
      w.blend(most, w.compare(VectorOperators.GT, most))
          .intoMemorySegment(output, to + (long) i * Float.BYTES, Lanes.ORDER, mask);
    }
  }

  /** Bias, residual and clamp. */
  private static void writeSum(
      float[] source,
      int from,
      MemorySegment other,
      MemorySegment output,
      long to,
      int count,
      float bias,
      float low,
      float high) {
    FloatVector added = FloatVector.broadcast(Lanes.SPECIES, bias);
    FloatVector least = FloatVector.broadcast(Lanes.SPECIES, low);
    FloatVector most = FloatVector.broadcast(Lanes.SPECIES, high);
    for (int i = 0; i < count; i += Lanes.LENGTH) {
      VectorMask<Float> mask = Lanes.SPECIES.indexInRange(i, count);
      long at = to + (long) i * Float.BYTES;
      FloatVector r = FloatVector.fromMemorySegment(Lanes.SPECIES, other, at, Lanes.ORDER, mask);
      FloatVector v =
          FloatVector.fromArray(Lanes.SPECIES, source, from + i, mask).add(added).add(r);
      FloatVector w = v.blend(least, v.lt(least));
      w.blend(most, w.compare(VectorOperators.GT, most))
          .intoMemorySegment(output, at, Lanes.ORDER, mask);
    }
  }
}
