// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.vector;

import io.pointwise.cpu.CpuStep;
import io.pointwise.cpu.Workers;
import io.pointwise.device.Epilogue;
import io.pointwise.device.LayoutChoice;
import io.pointwise.device.PreparedStep;
import io.pointwise.device.Step;
import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.PoolSpec;
import io.pointwise.layer.Window;
import io.pointwise.network.Weights;
import io.pointwise.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code vector-pool}: maximum and average pooling. */
final class VectorPool extends VectorAlgorithm {
  VectorPool(Workers workers) {
    super("vector-pool", workers, List.of(MaxPool2d.class, AvgPool2d.class));
  }

  @Override
  @Nullable String refusal(Step step) {
    String refusal = epilogueRefusal(step);
    PoolSpec spec = spec(step);
    return refusal != null ? refusal : channelRefusal(spec.window(), spec.oh(), spec.ow());
  }

  @Override
  long workspaceBytes(Step step) {
    return workers().threads() * geometry(spec(step)).workerBytes();
  }

  private static PoolSpec spec(Step step) {
    return step.operation() instanceof MaxPool2d max
        ? max.spec(step.input())
        : ((AvgPool2d) step.operation()).spec(step.input());
  }

  private static ChannelWindows.Geometry geometry(PoolSpec spec) {
    WindowPlanes planes =
        new WindowPlanes(spec.window(), spec.ih(), spec.iw(), spec.oh(), spec.ow());
    return new ChannelWindows.Geometry(
        Shape.of(spec.n(), spec.c(), spec.ih(), spec.iw()), spec.output(), planes);
  }

  @Override
  public PreparedStep prepare(Step step, LayoutChoice choice, Weights weights) {
    PoolSpec spec = spec(step);
    ChannelWindows.Geometry geometry = geometry(spec);
    long[] taps = geometry.taps(Math.toIntExact(spec.window().taps()));
    int positions = geometry.positions();
    boolean max = step.operation() instanceof MaxPool2d;
    float[] divisors =
        max
            ? new float[0]
            : divisors(spec, geometry, ((AvgPool2d) step.operation()).countIncludePad());
    ChannelWindows.ChannelKernel kernel =
        (memory, base, _, sums) -> {
          if (max) {
            PlaneKernels.max(memory, base, taps, sums, positions);
          } else {
            PlaneKernels.sum(memory, base, taps, sums, positions);
            PlaneKernels.divide(sums, divisors, positions);
          }
        };
    float padding = max ? Float.NEGATIVE_INFINITY : 0;
    return new CpuStep(
        new ChannelWindows(
            geometry, padding, kernel, Epilogue.NONE, new float[spec.c()], workers()),
        0);
  }

  /** Taps that count at each position; at least 1, so that a window without any gives 0. */
  private static float[] divisors(
      PoolSpec spec, ChannelWindows.Geometry geometry, boolean includePad) {
    float[] divisors = new float[geometry.sumFloats()];
    Arrays.fill(divisors, 1);
    Window w = spec.window();
    for (int row = 0; row < spec.oh(); row++) {
      long rows =
          count(
              row,
              w.kh(),
              w.strideH(),
              w.dilationH(),
              w.padTop(),
              w.padBottom(),
              spec.ih(),
              includePad);
      for (int column = 0; column < spec.ow(); column++) {
        long columns =
            count(
                column,
                w.kw(),
                w.strideW(),
                w.dilationW(),
                w.padLeft(),
                w.padRight(),
                spec.iw(),
                includePad);
        divisors[row * geometry.planes().columns() + column] = Math.max(1, rows * columns);
      }
    }
    return divisors;
  }

  private static long count(
      int place,
      int k,
      int stride,
      int dilation,
      int before,
      int after,
      int size,
      boolean includePad) {
    long least = includePad ? -before : 0;
    long end = includePad ? (long) size + after : size;
    long count = 0;
    for (int tap = 0; tap < k; tap++) {
      long at = (long) place * stride + (long) tap * dilation - before;
      if (at >= least && at < end) {
        count++;
      }
    }
    return count;
  }
}
