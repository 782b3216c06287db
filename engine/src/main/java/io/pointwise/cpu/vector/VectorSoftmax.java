// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.Softmax;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.jspecify.annotations.Nullable;

/**
 * {@code vector-softmax}: softmax and log-softmax along the last axis that is longer than 1, where
 * the values of a sum lie next to each other. Any other axis is left to the scalar tier.
 */
final class VectorSoftmax extends VectorAlgorithm {
  VectorSoftmax(Workers workers) {
    super("vector-softmax", workers, List.of(Softmax.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    if (inner(step) != 1) {
      int axis = ((Softmax) step.operation()).axis();
      return "vector-softmax needs the values of a sum next to each other; this is axis "
          + axis
          + " of "
          + step.input();
    }
    return epilogueRefusal(step);
  }

  private static int axis(Step step) {
    int axis = ((Softmax) step.operation()).axis();
    return axis < 0 ? axis + step.input().rank() : axis;
  }

  private static long inner(Step step) {
    return step.input().elements(axis(step) + 1, step.input().rank());
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    Shape shape = step.input();
    int length = shape.dim(axis(step));
    boolean log = ((Softmax) step.operation()).log();
    int rows = Math.toIntExact(shape.elements(0, axis(step)));
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(rows, row -> row(inputs.getFirst(), output, (long) row * length, length, log)),
        0);
  }

  /** One sum, in scratch that is padded to whole vectors with −∞, whose exponential is 0. */
  private static void row(
      MemorySegment input, MemorySegment output, long first, int length, boolean log) {
    int padded = Math.toIntExact(Lanes.roundUp(length));
    Scratch scratch = Scratch.of(padded, padded);
    float[] x = scratch.panel();
    float[] exp = scratch.sums();
    MemorySegment.copy(input, Lanes.FLOAT, first * Float.BYTES, x, 0, length);
    Arrays.fill(x, length, padded, Float.NEGATIVE_INFINITY);
    float max = max(x, padded);
    float sum = exponentials(x, exp, padded, max);
    if (log) {
      subtract(x, padded, max, (float) Math.log(sum));
      MemorySegment.copy(x, 0, output, Lanes.FLOAT, first * Float.BYTES, length);
    } else {
      divide(exp, padded, sum);
      MemorySegment.copy(exp, 0, output, Lanes.FLOAT, first * Float.BYTES, length);
    }
  }

  private static float max(float[] x, int padded) {
    FloatVector max = FloatVector.broadcast(Lanes.SPECIES, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < padded; i += Lanes.LENGTH) {
      max = max.max(FloatVector.fromArray(Lanes.SPECIES, x, i));
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  /** One by one, and summed in order: see {@link RunFunction}. */
  private static float exponentials(float[] x, float[] exp, int length, float max) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      exp[i] = (float) Math.exp(x[i] - max);
      sum += exp[i];
    }
    return (float) sum;
  }

  private static void divide(float[] values, int padded, float divisor) {
    for (int i = 0; i < padded; i += Lanes.LENGTH) {
      FloatVector.fromArray(Lanes.SPECIES, values, i).div(divisor).intoArray(values, i);
    }
  }

  /** Twice, so that the large maximum goes before the small logarithm is rounded into it. */
  private static void subtract(float[] values, int padded, float max, float logSum) {
    for (int i = 0; i < padded; i += Lanes.LENGTH) {
      FloatVector.fromArray(Lanes.SPECIES, values, i).sub(max).sub(logSum).intoArray(values, i);
    }
  }
}
