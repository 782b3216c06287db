// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.GlobalPool2d;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.jspecify.annotations.Nullable;

/** {@code vector-global-pool}: mean or maximum of each channel. */
final class VectorGlobalPool extends VectorAlgorithm {
  VectorGlobalPool(Workers workers) {
    super("vector-global-pool", workers, List.of(GlobalPool2d.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    return epilogueRefusal(step);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    Shape input = step.input();
    long pixels = input.elements(2, 4);
    boolean max = ((GlobalPool2d) step.operation()).mode() == GlobalPool2d.Mode.MAX;
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    Math.toIntExact(input.elements(0, 2)),
                    channel -> {
                      long from = channel * pixels * Float.BYTES;
                      float value =
                          max
                              ? max(inputs.getFirst(), from, pixels)
                              : sum(inputs.getFirst(), from, pixels) / pixels;
                      output.setAtIndex(Lanes.FLOAT, channel, value);
                    }),
        0);
  }

  private static float sum(MemorySegment memory, long from, long count) {
    FloatVector sum = FloatVector.zero(Lanes.SPECIES);
    for (long i = 0; i < count; i += Lanes.LENGTH) {
      VectorMask<Float> mask = Lanes.first(count - i);
      long at = from + i * Float.BYTES;
      sum = sum.add(FloatVector.fromMemorySegment(Lanes.SPECIES, memory, at, Lanes.ORDER, mask));
    }
    // In order: what reduceLanes adds first is left open, and differs between compilers.
    float[] lanes = Scratch.of(0, Lanes.LENGTH).sums();
    sum.intoArray(lanes, 0);
    float total = 0;
    for (int lane = 0; lane < Lanes.LENGTH; lane++) {
      total += lanes[lane];
    }
    return total;
  }

  private static float max(MemorySegment memory, long from, long count) {
    FloatVector least = FloatVector.broadcast(Lanes.SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector max = least;
    for (long i = 0; i < count; i += Lanes.LENGTH) {
      VectorMask<Float> mask = Lanes.first(count - i);
      long at = from + i * Float.BYTES;
      FloatVector x = FloatVector.fromMemorySegment(Lanes.SPECIES, memory, at, Lanes.ORDER, mask);
      max = max.max(least.blend(x, mask));
    }
    return max.reduceLanes(VectorOperators.MAX);
  }
}
