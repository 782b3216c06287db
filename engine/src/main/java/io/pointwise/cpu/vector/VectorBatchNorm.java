// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/** {@code vector-batch-norm}: batch norm that could not be folded, and an activation behind it. */
final class VectorBatchNorm extends VectorAlgorithm {
  VectorBatchNorm(Workers workers) {
    super("vector-batch-norm", workers, List.of(BatchNorm.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    return residualRefusal(step);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    Shape shape = step.input();
    int channels = shape.dim(1);
    long pixels = shape.elements(2, shape.rank());
    float[] mean = weights.get(Role.MEAN).toArray();
    float[] shift = weights.get(Role.SHIFT).toArray();
    float[] factor = new float[channels];
    for (int c = 0; c < channels; c++) {
      double variance = weights.get(Role.VARIANCE).get(c);
      double epsilon = ((BatchNorm) step.operation()).epsilon();
      factor[c] = (float) (weights.get(Role.SCALE).get(c) / Math.sqrt(variance + epsilon));
    }
    RunFunction after = VectorArithmetic.after(step.epilogue());
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    Math.toIntExact(shape.elements(0, 2)),
                    task -> {
                      int c = task % channels;
                      long at = task * pixels * Float.BYTES;
                      normalize(
                          inputs.getFirst(), output, at, pixels, mean[c], factor[c], shift[c]);
                      after.apply(output, at, output, at, pixels);
                    }),
        3L * channels * Float.BYTES);
  }

  private static void normalize(
      MemorySegment input,
      MemorySegment output,
      long from,
      long count,
      float mean,
      float factor,
      float shift) {
    for (long i = 0; i < count; i += Lanes.LENGTH) {
      VectorMask<Float> mask = Lanes.first(count - i);
      long at = from + i * Float.BYTES;
      FloatVector x = FloatVector.fromMemorySegment(Lanes.SPECIES, input, at, Lanes.ORDER, mask);
      x.sub(mean).mul(factor).add(shift).intoMemorySegment(output, at, Lanes.ORDER, mask);
    }
  }
}
