// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Transposed convolution: each input element adds its value times the filter to the window of the
 * output that it stands for. A task is one output row of a few channels, into which the input rows
 * that reach it are added; error as in {@link SumError}.
 */
final class TransposedConvolution implements ScalarOperation {
  private static final int CHANNELS = 8;

  private final Window window;
  private final int groups;
  private final Shape in;
  private final Shape out;
  private final Field weight;
  private final @Nullable Field bias;
  private final long terms;
  private final SumError sumError;
  private final Workers workers;

  TransposedConvolution(
      ConvTranspose2d layer,
      Shape in,
      Shape out,
      Field weight,
      @Nullable Field bias,
      Allowance allowance,
      Workers workers) {
    this.window = layer.window();
    this.groups = layer.groups();
    this.in = in;
    this.out = out;
    this.weight = weight;
    this.bias = bias;
    this.terms =
        in.dim(1)
            / groups
            * tapsPerOutput(window.kh(), window.strideH(), window.dilationH())
            * tapsPerOutput(window.kw(), window.strideW(), window.dilationW());
    this.sumError = new SumError(terms, allowance);
    this.workers = workers;
  }

  /**
   * Taps along one axis that can meet in an output element: those a multiple of the stride apart.
   */
  private static long tapsPerOutput(int taps, int stride, int dilation) {
    int a = stride;
    int b = dilation;
    while (b != 0) {
      int rest = a % b;
      a = b;
      b = rest;
    }
    return Math.ceilDiv(taps, stride / a);
  }

  @Override
  public long terms() {
    return terms;
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    int perGroup = out.dim(1) / groups;
    int blocks = Math.ceilDiv(perGroup, CHANNELS);
    int perImage = Math.multiplyExact(Math.multiplyExact(groups, blocks), out.dim(2));
    workers.run(
        Math.multiplyExact(out.dim(0), perImage),
        task -> {
          int rest = task % perImage;
          int group = rest / (blocks * out.dim(2));
          int first = rest / out.dim(2) % blocks * CHANNELS;
          int end = Math.min(first + CHANNELS, perGroup);
          row(task / perImage, group, first, end, rest % out.dim(2), inputs.getFirst(), output);
        });
  }

  /** Row {@code r} of the channels {@code first} to {@code end - 1} of a group. */
  private void row(int image, int group, int first, int end, int r, Field input, Field output) {
    int icPerGroup = in.dim(1) / groups;
    int ocPerGroup = out.dim(1) / groups;
    double[][] sums = new double[end - first][out.dim(3)];
    double[][] spreads = new double[end - first][output.tracked() ? out.dim(3) : 0];
    PaddedRows x = new PaddedRows(1, in.dim(3), output.tracked());
    for (int i = group * icPerGroup; i < (group + 1) * icPerGroup; i++) {
      long plane = ((long) image * in.dim(1) + i) * in.dim(2) * in.dim(3);
      for (int p = 0; p < window.kh(); p++) {
        long shifted = (long) r + window.padTop() - (long) p * window.dilationH();
        if (shifted < 0
            || shifted % window.strideH() != 0
            || shifted / window.strideH() >= in.dim(2)) {
          continue;
        }
        x.load(input, plane, in.dim(2), in.dim(3), shifted / window.strideH(), 0, sumError.gamma());
        for (int o = first; o < end; o++) {
          long filter = (((long) i * ocPerGroup + o) * window.kh() + p) * window.kw();
          for (int q = 0; q < window.kw(); q++) {
            double w = weight.value(filter + q);
            long shift = (long) q * window.dilationW() - window.padLeft();
            scatter(sums[o - first], w, x.values(), shift);
            scatter(spreads[o - first], Math.abs(w), x.spreads(), shift);
          }
        }
      }
    }
    for (int o = first; o < end; o++) {
      int channel = group * ocPerGroup + o;
      double b = bias == null ? 0 : bias.value(channel);
      long start = (((long) image * out.dim(1) + channel) * out.dim(2) + r) * out.dim(3);
      for (int c = 0; c < out.dim(3); c++) {
        double error = output.tracked() ? sumError.of(spreads[o - first][c], b) : 0;
        output.set(start + c, sums[o - first][c] + b, error);
      }
    }
  }

  /** {@code sums[i·strideW + shift] += w · x[i]} wherever that lies in the output. */
  private void scatter(double[] sums, double w, double[] x, long shift) {
    int stride = window.strideW();
    int from = (int) Math.min(x.length, Math.max(0, Math.ceilDiv(-shift, (long) stride)));
    int to =
        (int) Math.min(x.length, Math.ceilDiv(Math.max(0, sums.length - shift), (long) stride));
    for (int i = from; i < to; i++) {
      sums[(int) (i * (long) stride + shift)] += w * x[i];
    }
  }
}
