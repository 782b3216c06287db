// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.GroupNorm;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code vector-group-norm}: mean, variance around it, and the result, each in a pass over the
 * group of channels; a task is one group.
 */
final class VectorGroupNorm extends VectorAlgorithm {
  VectorGroupNorm(Workers workers) {
    super("vector-group-norm", workers, List.of(GroupNorm.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    return epilogueRefusal(step);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    Shape shape = step.input();
    GroupNorm layer = (GroupNorm) step.operation();
    Norm norm = new Norm(layer, shape, weights);
    int groups = shape.elements() == 0 ? 0 : Math.multiplyExact(shape.dim(0), layer.groups());
    return new CpuStep(
        (inputs, output, _) ->
            workers().run(groups, group -> norm.group(inputs.getFirst(), output, group)),
        2L * shape.dim(1) * Float.BYTES);
  }

  /** What a group needs. */
  private static final class Norm {
    private final float[] scale;
    private final float[] shift;
    private final int groups;
    private final int channels;
    private final long pixels;
    private final float epsilon;

    Norm(GroupNorm layer, Shape shape, Weights weights) {
      this.scale = weights.get(Role.SCALE).toArray();
      this.shift = weights.get(Role.SHIFT).toArray();
      this.groups = layer.groups();
      this.channels = shape.dim(1) / groups;
      this.pixels = shape.elements(2, shape.rank());
      this.epsilon = layer.epsilon();
    }

    void group(MemorySegment input, MemorySegment output, int group) {
      float[] x = Scratch.of(Stretches.FLOATS, 0).panel();
      long from = (long) group * channels * pixels;
      long to = from + channels * pixels;
      double mean = sum(input, from, to, x) / (to - from);
      double variance = squares(input, from, to, x, mean) / (to - from);
      double factor = 1 / Math.sqrt(variance + epsilon);
      int firstChannel = group % groups * channels;
      for (int c = 0; c < channels; c++) {
        long end = from + (c + 1) * pixels;
        float multiplier = (float) (scale[firstChannel + c] * factor);
        float added = shift[firstChannel + c];
        for (long at = end - pixels; at < end; at += Stretches.FLOATS) {
          int count = read(input, at, end, x);
          apply(x, count, (float) mean, multiplier, added);
          MemorySegment.copy(x, 0, output, Lanes.FLOAT, at * Float.BYTES, count);
        }
      }
    }

    private static int read(MemorySegment input, long at, long end, float[] x) {
      int count = Stretches.length(at, end);
      MemorySegment.copy(input, Lanes.FLOAT, at * Float.BYTES, x, 0, count);
      return count;
    }

    private static double sum(MemorySegment input, long from, long to, float[] x) {
      double sum = 0;
      for (long at = from; at < to; at += Stretches.FLOATS) {
        sum += StretchSums.sum(x, read(input, at, to, x));
      }
      return sum;
    }

    private static double squares(
        MemorySegment input, long from, long to, float[] x, double centre) {
      double sum = 0;
      for (long at = from; at < to; at += Stretches.FLOATS) {
        sum += StretchSums.squares(x, read(input, at, to, x), centre);
      }
      return sum;
    }

    private static void apply(float[] x, int count, float mean, float multiplier, float added) {
      for (int i = 0; i < count; i++) {
        x[i] = (x[i] - mean) * multiplier + added;
      }
    }
  }
}
