// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Linear;
import io.pointwise.layer.Role;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code vector-linear}: dot products along the input features, for linear layers and for
 * convolutions whose window is the whole image, which are the same sums in the same order of
 * memory. At small batches such a layer moves every weight for two operations, so the weights are
 * read once for every four images in their own order and nothing is packed but the padding of rows
 * to whole vectors.
 */
final class VectorLinear extends VectorAlgorithm {
  /** Outputs of one task. */
  private static final int CHUNK = 64;

  VectorLinear(Workers workers) {
    super("vector-linear", workers, List.of(Linear.class, Conv2d.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    if (step.operation() instanceof Conv2d && !isWholeImage(step.conv())) {
      ConvSpec spec = step.conv();
      return name()
          + " is for one window over the whole image, no padding, no groups; this is "
          + spec.window()
          + (spec.groups() == 1 ? "" : " groups " + spec.groups())
          + " over "
          + spec.ih()
          + "×"
          + spec.iw();
    }
    long rows = step.output().dim(1) + (long) DotProducts.OUTPUTS;
    return sizeRefusal("padded weights", Lanes.roundUp(features(step)) * rows);
  }

  /** Whether the convolution is a linear layer over the image as one row of features. */
  static boolean isWholeImage(ConvSpec spec) {
    return spec.groups() == 1
        && !spec.window().hasPadding()
        && spec.kh() == spec.ih()
        && spec.kw() == spec.iw();
  }

  private static long features(Step step) {
    return step.input().elements(1, step.input().rank());
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    int in = Math.toIntExact(features(step));
    int out = step.output().dim(1);
    int width = Math.toIntExact(Lanes.roundUp(in));
    float[] packed = pack(weights.get(Role.WEIGHT), in, out, width);
    float[] bias = bias(weights, out);
    Product product =
        new Product(packed, bias, in, out, width, new EpilogueWriter(step.epilogue()));
    int chunks = Math.ceilDiv(out, CHUNK);
    int images = step.input().dim(0);
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    images == 0 ? 0 : chunks,
                    chunk -> product.compute(inputs, output, images, chunk * CHUNK)),
        (long) packed.length * Float.BYTES);
  }

  private static float[] pack(Tensor weight, int in, int out, int width) {
    float[] packed =
        new float[Math.ceilDiv(out, DotProducts.OUTPUTS) * DotProducts.OUTPUTS * width];
    if (width == in) {
      MemorySegment.copy(weight.memory(), Lanes.FLOAT, 0, packed, 0, in * out);
      return packed;
    }
    for (int o = 0; o < out; o++) {
      long from = (long) o * in * Float.BYTES;
      MemorySegment.copy(weight.memory(), Lanes.FLOAT, from, packed, o * width, in);
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

    /** Some outputs of all images, while their weights are in the cache. */
    void compute(List<MemorySegment> inputs, MemorySegment output, int images, int first) {
      int count = Math.min(CHUNK, out - first);
      OutputRuns runs = OutputRuns.whole(count);
      int spare = DotProducts.ROWS * CHUNK;
      Scratch scratch = Scratch.of(DotProducts.ROWS * width, spare + DotProducts.SPARE);
      float[] sums = scratch.sums();
      for (int image = 0; image < images; image += DotProducts.ROWS) {
        int rows = Math.min(DotProducts.ROWS, images - image);
        read(inputs.getFirst(), image, rows, scratch.panel());
        for (int o = 0; o < count; o += DotProducts.OUTPUTS) {
          int at = (first + o) * width;
          if (rows == 1) {
            DotProducts.one(weights, at, width, scratch.panel(), sums, o, spare);
          } else {
            DotProducts.four(weights, at, width, scratch.panel(), sums, o, CHUNK, spare);
          }
        }
        for (int row = 0; row < rows; row++) {
          for (int o = 0; o < count; o++) {
            sums[row * CHUNK + o] += bias[first + o];
          }
          long offset = ((long) (image + row) * out + first) * Float.BYTES;
          EpilogueWriter.Target target =
              new EpilogueWriter.Target(output, inputs.getLast(), offset, 0);
          writer.write(sums, row * CHUNK, 0, 1, runs, NO_BIAS, 0, target, 0);
        }
      }
    }

    /** Reads rows of activations; those that are missing to four are zero. */
    private void read(MemorySegment input, int image, int rows, float[] x) {
      for (int row = 0; row < rows; row++) {
        long from = (long) (image + row) * in * Float.BYTES;
        MemorySegment.copy(input, Lanes.FLOAT, from, x, row * width, in);
        Arrays.fill(x, row * width + in, (row + 1) * width, 0);
      }
      if (rows > 1) {
        Arrays.fill(x, rows * width, DotProducts.ROWS * width, 0);
      }
    }
  }
}
