// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Convolution as its formula says, see {@link ConvSpec}. A task is one image, a few output channels
 * of one group and a band of output rows, so that input rows are read once for several channels.
 *
 * <p>Error, for K products (Higham, section 3.1, with the inputs' errors e): {@code Σ|w|·e +
 * γ_{K+2}(Σ|w|(|x| + e) + |b|)} and K + 2 flushes to zero; {@link SumError}.
 */
final class Convolution implements ScalarOperation {
  private static final int CHANNELS = 8;
  private static final int PIXELS = 2048;

  private final ConvSpec spec;
  private final Field weight;
  private final @Nullable Field bias;
  private final SumError sumError;
  private final int oh;
  private final int ow;
  private final Workers workers;

  Convolution(
      ConvSpec spec, Field weight, @Nullable Field bias, Allowance allowance, Workers workers) {
    this.spec = spec;
    this.oh = spec.oh();
    this.ow = spec.ow();
    this.weight = weight;
    this.bias = bias;
    this.sumError = new SumError(spec.reduction(), allowance);
    this.workers = workers;
  }

  @Override
  public long terms() {
    return spec.reduction();
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    int rows = Math.clamp(PIXELS / ow, 1, oh);
    int bands = Math.ceilDiv(oh, rows);
    int blocks = Math.ceilDiv(spec.ocPerGroup(), CHANNELS);
    int perImage = Math.multiplyExact(Math.multiplyExact(spec.groups(), blocks), bands);
    workers.run(
        Math.multiplyExact(spec.n(), perImage),
        task -> {
          int rest = task % perImage;
          int group = rest / (blocks * bands);
          int block = rest / bands % blocks;
          int row = rest % bands * rows;
          int first = group * spec.ocPerGroup() + block * CHANNELS;
          int end = Math.min(first + CHANNELS, (group + 1) * spec.ocPerGroup());
          Band band = new Band(task / perImage, group, first, end, row, Math.min(rows, oh - row));
          band(band, inputs.getFirst(), output);
        });
  }

  /**
   * Output channels {@code first} to {@code end - 1} of a group, rows {@code row} to {@code row +
   * rows - 1}.
   */
  private record Band(int image, int group, int first, int end, int row, int rows) {}

  private void band(Band band, Field input, Field output) {
    Window window = spec.window();
    boolean tracked = output.tracked();
    int pixels = Math.multiplyExact(band.rows, ow);
    double[][] sums = new double[band.end - band.first][pixels];
    double[][] spreads = new double[band.end - band.first][tracked ? pixels : 0];
    PaddedRows rows =
        new PaddedRows(
            Math.toIntExact((band.rows - 1L) * window.strideH() + window.extentH()),
            Math.toIntExact((ow - 1L) * window.strideW() + window.extentW()),
            tracked);
    for (int i = 0; i < spec.icPerGroup(); i++) {
      long channel = (long) band.image * spec.ic() + (long) band.group * spec.icPerGroup() + i;
      long top = (long) band.row * window.strideH() - window.padTop();
      long plane = channel * spec.ih() * spec.iw();
      rows.load(input, plane, spec.ih(), spec.iw(), top, -window.padLeft(), sumError.gamma());
      for (int o = band.first; o < band.end; o++) {
        long filter = ((long) o * spec.icPerGroup() + i) * window.taps();
        for (int p = 0; p < window.kh(); p++) {
          for (int q = 0; q < window.kw(); q++) {
            double w = weight.value(filter + (long) p * window.kw() + q);
            int start = p * window.dilationH() * rows.columns() + q * window.dilationW();
            addTap(sums[o - band.first], w, rows.values(), start, rows.columns());
            if (tracked) {
              addTap(spreads[o - band.first], Math.abs(w), rows.spreads(), start, rows.columns());
            }
          }
        }
      }
    }
    for (int o = band.first; o < band.end; o++) {
      store(band, o, sums[o - band.first], spreads[o - band.first], output);
    }
  }

  /** {@code sums += w · x} for one tap of the window at all output pixels of the band. */
  private void addTap(double[] sums, double w, double[] x, int start, int columns) {
    int strideH = spec.window().strideH();
    int strideW = spec.window().strideW();
    if (strideH == 1 && strideW == 1 && columns == ow) {
      addRow(sums, 0, sums.length, w, x, start);
      return;
    }
    int from = start;
    for (int at = 0; at < sums.length; at += ow) {
      if (strideW == 1) {
        addRow(sums, at, ow, w, x, from);
      } else {
        for (int c = 0; c < ow; c++) {
          sums[at + c] += w * x[from + c * strideW];
        }
      }
      from += strideH * columns;
    }
  }

  // A loop of its own, without stride, so that the compiler turns it into vector code.
  private static void addRow(double[] sums, int at, int count, double w, double[] x, int from) {
    for (int c = 0; c < count; c++) {
      sums[at + c] += w * x[from + c];
    }
  }

  private void store(Band band, int o, double[] sums, double[] spreads, Field output) {
    double b = bias == null ? 0 : bias.value(o);
    long start = (((long) band.image * spec.oc() + o) * oh + band.row) * ow;
    for (int i = 0; i < sums.length; i++) {
      double error = output.tracked() ? sumError.of(spreads[i], b) : 0;
      output.set(start + i, sums[i] + b, error);
    }
  }
}
