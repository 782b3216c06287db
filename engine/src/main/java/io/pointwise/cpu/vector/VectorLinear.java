// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.Linear;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * {@code vector-linear}: four dot products at a time along the input features. At small batches a
 * linear layer moves every weight for two operations, so the weights are read once for each image
 * in their own order and nothing is packed but the padding of rows to whole vectors.
 */
final class VectorLinear extends VectorAlgorithm {
  private static final int ROWS = 4;

  /** Outputs of one task. */
  private static final int CHUNK = 64;

  VectorLinear(Workers workers) {
    super("vector-linear", workers, List.of(Linear.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    long rows = step.output().dim(1) + (long) ROWS;
    return sizeRefusal("padded weights", Lanes.roundUp(step.input().dim(1)) * rows);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    int in = step.input().dim(1);
    int out = step.output().dim(1);
    int width = Math.toIntExact(Lanes.roundUp(in));
    float[] packed = pack(weights.get(Role.WEIGHT), in, out, width);
    float[] bias = bias(weights, out);
    Product product =
        new Product(packed, bias, in, out, width, new EpilogueWriter(step.epilogue()));
    int chunks = Math.ceilDiv(out, CHUNK);
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    step.input().dim(0) * chunks,
                    task -> product.compute(inputs, output, task / chunks, task % chunks * CHUNK)),
        (long) packed.length * Float.BYTES);
  }

  private static float[] pack(Tensor weight, int in, int out, int width) {
    float[] packed = new float[Math.ceilDiv(out, ROWS) * ROWS * width];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        packed[o * width + i] = weight.get((long) o * in + i);
      }
    }
    return packed;
  }

  /** The weights, and what computing with them needs. */
  private static final class Product {
    private static final float[] NO_BIAS = {0};

    private final float[] weights;
    private final float[] bias;
    private final int in;
    private final int out;
    private final int width;
    private final EpilogueWriter writer;

    Product(float[] weights, float[] bias, int in, int out, int width, EpilogueWriter writer) {
      this.weights = weights;
      this.bias = bias;
      this.in = in;
      this.out = out;
      this.width = width;
      this.writer = writer;
    }

    void compute(List<MemorySegment> inputs, MemorySegment output, int image, int first) {
      int count = Math.min(CHUNK, out - first);
      Scratch scratch = Scratch.of(width, CHUNK + ROWS * Lanes.LENGTH);
      float[] x = scratch.panel();
      float[] sums = scratch.sums();
      MemorySegment.copy(inputs.getFirst(), Lanes.FLOAT, (long) image * in * Float.BYTES, x, 0, in);
      Arrays.fill(x, in, width, 0);
      for (int o = 0; o < count; o += ROWS) {
        dot4(weights, (first + o) * width, width, x, sums, o);
      }
      for (int o = 0; o < count; o++) {
        sums[o] += bias[first + o];
      }
      long offset = ((long) image * out + first) * Float.BYTES;
      writer.write(
          sums,
          0,
          0,
          1,
          OutputRuns.whole(count),
          NO_BIAS,
          0,
          new EpilogueWriter.Target(output, inputs.getLast(), offset, 0),
          0);
    }

    private static void dot4(float[] w, int at, int width, float[] x, float[] sums, int o) {
      FloatVector s0 = FloatVector.zero(Lanes.SPECIES);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int i = 0; i < width; i += Lanes.LENGTH) {
        FloatVector v = FloatVector.fromArray(Lanes.SPECIES, x, i);
        s0 = FloatVector.fromArray(Lanes.SPECIES, w, at + i).fma(v, s0);
        s1 = FloatVector.fromArray(Lanes.SPECIES, w, at + width + i).fma(v, s1);
        s2 = FloatVector.fromArray(Lanes.SPECIES, w, at + 2 * width + i).fma(v, s2);
        s3 = FloatVector.fromArray(Lanes.SPECIES, w, at + 3 * width + i).fma(v, s3);
      }
      s0.intoArray(sums, CHUNK);
      s1.intoArray(sums, CHUNK + Lanes.LENGTH);
      s2.intoArray(sums, CHUNK + 2 * Lanes.LENGTH);
      s3.intoArray(sums, CHUNK + 3 * Lanes.LENGTH);
      // In order: what reduceLanes adds first is left open, and differs between compilers.
      for (int row = 0; row < ROWS; row++) {
        float total = 0;
        for (int lane = 0; lane < Lanes.LENGTH; lane++) {
          total += sums[CHUNK + row * Lanes.LENGTH + lane];
        }
        sums[o + row] = total;
      }
    }
  }
}
