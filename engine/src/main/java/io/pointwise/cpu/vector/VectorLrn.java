// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/** {@code vector-lrn}: local response normalisation, pixels side by side in a vector. */
final class VectorLrn extends VectorAlgorithm {
  /** The exponent of Krizhevsky et al., which all networks of the literature use. */
  private static final float BETA = 0.75f;

  VectorLrn(Workers workers) {
    super("vector-lrn", workers, List.of(LocalResponseNorm.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    float beta = ((LocalResponseNorm) step.operation()).beta();
    if (beta != BETA) {
      return "vector-lrn is for beta=0.75; this is beta=" + beta;
    }
    return epilogueRefusal(step);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    LocalResponseNorm layer = (LocalResponseNorm) step.operation();
    Shape shape = step.input();
    int channels = shape.dim(1);
    long pixels = shape.elements(2, 4);
    return new CpuStep(
        (inputs, output, _) ->
            workers()
                .run(
                    Math.toIntExact(shape.elements(0, 2)),
                    task -> {
                      int c = task % channels;
                      int first = Math.max(0, c - (layer.size() - 1) / 2);
                      int last = (int) Math.min(channels - 1L, c + (long) layer.size() / 2);
                      long image = (long) (task - c) * pixels;
                      Window window = new Window(image + first * pixels, last - first + 1, pixels);
                      normalize(inputs.getFirst(), window, image + c * pixels, output, layer);
                    }),
        0);
  }

  /**
   * The channels that a sum takes in.
   *
   * @param first place of the first one's first pixel, in floats
   */
  private record Window(long first, int channels, long pixels) {}

  private static void normalize(
      MemorySegment input,
      Window window,
      long channel,
      MemorySegment output,
      LocalResponseNorm layer) {
    float weight = layer.alpha() / layer.size();
    for (long i = 0; i < window.pixels(); i += Lanes.LENGTH) {
      VectorMask<Float> mask = Lanes.first(window.pixels() - i);
      FloatVector sum = squares(input, (window.first() + i) * Float.BYTES, window, mask);
      long at = (channel + i) * Float.BYTES;
      FloatVector x = FloatVector.fromMemorySegment(Lanes.SPECIES, input, at, Lanes.ORDER, mask);
      FloatVector base = sum.mul(weight).add(layer.k());
      // base to the power of 3/4, by operations that are rounded the same everywhere.
      FloatVector root = base.sqrt();
      x.div(root.mul(root.sqrt())).intoMemorySegment(output, at, Lanes.ORDER, mask);
    }
  }

  private static FloatVector squares(
      MemorySegment input, long from, Window window, VectorMask<Float> mask) {
    FloatVector sum = FloatVector.zero(Lanes.SPECIES);
    long at = from;
    for (int c = 0; c < window.channels(); c++) {
      FloatVector x = FloatVector.fromMemorySegment(Lanes.SPECIES, input, at, Lanes.ORDER, mask);
      sum = x.fma(x, sum);
      at += window.pixels() * Float.BYTES;
    }
    return sum;
  }
}
