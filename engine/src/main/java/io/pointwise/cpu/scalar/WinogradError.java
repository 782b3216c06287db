// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Winograd;
import java.util.List;

/**
 * A convolution whose error is that of {@linkplain Winograd Winograd's formula} in float32:
 * computed by the definition, with a larger bound.
 *
 * <p>A product of the formula passes through the roundings of the input's transform (for each of
 * two sides at most as many as a row of {@code Bᵀ} has products and sums), one of the filter's
 * transform (done in double precision) and those of folded weights, its own, the additions over
 * input channels, and the output's transform. Each is a factor {@code (1 + δ)} on a term (Higham,
 * section 3.1), so with {@code k} the sum of their numbers the error of a tile is at most {@code
 * γ_k · |Aᵀ|[Σ (|G||g||G|ᵀ) ⊙ (|Bᵀ||d||B|)]|A|}, in which {@code |d|} grows by the error that the
 * input brings along. What that error itself does to the output is in the definition's bound
 * already, as are bias and residual; both bounds are added.
 */
final class WinogradError implements ScalarOperation {
  private static final int CHANNELS = 8;

  /** More than what {@code |Aᵀ| · |A|} makes of ones: rows of {@code |Aᵀ|} sum to at most 19. */
  private static final double FLUSH_GROWTH = 400;

  private final Convolution definition;
  private final Winograd formula;
  private final ConvSpec spec;
  private final Field weight;
  private final Workers workers;
  private final double[][] inputTransform;
  private final double[][] filterTransform;
  private final double[][] outputTransform;
  private final long inputRoundings;
  private final long roundings;

  WinogradError(
      Convolution definition,
      Winograd formula,
      ConvSpec spec,
      Field weight,
      int foldRoundings,
      Workers workers) {
    if (!Winograd.fits(spec.window())) {
      throw new IllegalArgumentException(
          "Winograd's formula is for 3×3 windows of stride 1, got " + spec.window());
    }
    this.definition = definition;
    this.formula = formula;
    this.spec = spec;
    this.weight = weight;
    this.workers = workers;
    this.inputTransform = absolute(formula.inputTransform());
    this.filterTransform = absolute(formula.filterTransform());
    this.outputTransform = absolute(formula.outputTransform());
    this.inputRoundings = 2 * roundings(inputTransform);
    this.roundings =
        inputRoundings + 1 + foldRoundings + 1 + spec.icPerGroup() + 2 * roundings(outputTransform);
  }

  private static double[][] absolute(double[][] matrix) {
    for (double[] row : matrix) {
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.abs(row[j]);
      }
    }
    return matrix;
  }

  /** Of a sum of products: one for each product that is none by ±1, and one for each sum. */
  private static long roundings(double[][] absolute) {
    long most = 0;
    for (double[] row : absolute) {
      long count = -1;
      for (double factor : row) {
        count += factor == 0 ? 0 : factor == 1 ? 1 : 2;
      }
      most = Math.max(most, count);
    }
    return most;
  }

  @Override
  public long terms() {
    return definition.terms();
  }

  @Override
  public void run(List<Field> inputs, Field output) {
    definition.run(inputs, output);
    if (!output.tracked()) {
      return;
    }
    int tileRows = Math.ceilDiv(spec.oh(), formula.outputTile());
    int blocks = Math.ceilDiv(spec.ocPerGroup(), CHANNELS);
    int perImage = Math.multiplyExact(Math.multiplyExact(spec.groups(), blocks), tileRows);
    workers.run(
        Math.multiplyExact(spec.n(), perImage),
        task -> {
          int rest = task % perImage;
          int group = rest / (blocks * tileRows);
          int first = group * spec.ocPerGroup() + rest / tileRows % blocks * CHANNELS;
          int end = Math.min(first + CHANNELS, (group + 1) * spec.ocPerGroup());
          widen(
              new Row(task / perImage, group, first, end, rest % tileRows),
              inputs.getFirst(),
              output);
        });
  }

  /** A row of tiles of the output channels {@code first} to {@code end - 1} of a group. */
  private record Row(int image, int group, int first, int end, int tileRow) {}

  private void widen(Row row, Field input, Field output) {
    int tiles = Math.ceilDiv(spec.ow(), formula.outputTile());
    int size = formula.inputTile();
    double[][][][] sums = new double[row.end - row.first][tiles][size][size];
    double[][][] transformed = new double[tiles][][];
    for (int i = 0; i < spec.icPerGroup(); i++) {
      for (int tile = 0; tile < tiles; tile++) {
        transformed[tile] = Winograd.applied(inputTransform, tile(row, tile, i, input));
      }
      for (int o = row.first; o < row.end; o++) {
        double[][] filter = Winograd.applied(filterTransform, filter(o, i));
        for (int tile = 0; tile < tiles; tile++) {
          add(sums[o - row.first][tile], filter, transformed[tile]);
        }
      }
    }
    for (int o = row.first; o < row.end; o++) {
      for (int tile = 0; tile < tiles; tile++) {
        widen(row, o, tile, Winograd.applied(outputTransform, sums[o - row.first][tile]), output);
      }
    }
  }

  /**
   * What the tile of an input channel adds, for a filter of ones: {@code γ(|x| + e)} and flushes.
   */
  private double[][] tile(Row row, int tile, int channelInGroup, Field input) {
    int size = formula.inputTile();
    double gamma = Rounding.gamma(roundings);
    double flushed = Rounding.flushed(inputRoundings);
    long channel =
        (long) row.image * spec.ic() + (long) row.group * spec.icPerGroup() + channelInGroup;
    int top = row.tileRow * formula.outputTile() - spec.window().padTop();
    int left = tile * formula.outputTile() - spec.window().padLeft();
    double[][] values = new double[size][size];
    for (int h = Math.max(0, -top); h < size && top + h < spec.ih(); h++) {
      for (int w = Math.max(0, -left); w < size && left + w < spec.iw(); w++) {
        long at = (channel * spec.ih() + top + h) * spec.iw() + left + w;
        values[h][w] = gamma * (Math.abs(input.value(at)) + input.error(at)) + flushed;
      }
    }
    return values;
  }

  private double[][] filter(int o, int channelInGroup) {
    double[][] values = new double[Winograd.TAPS][Winograd.TAPS];
    long at = ((long) o * spec.icPerGroup() + channelInGroup) * Winograd.TAPS * Winograd.TAPS;
    for (int p = 0; p < Winograd.TAPS; p++) {
      for (int q = 0; q < Winograd.TAPS; q++) {
        values[p][q] = Math.abs(weight.value(at + (long) p * Winograd.TAPS + q));
      }
    }
    return values;
  }

  private static void add(double[][] sums, double[][] filter, double[][] tile) {
    for (int h = 0; h < sums.length; h++) {
      for (int w = 0; w < sums.length; w++) {
        sums[h][w] += filter[h][w] * tile[h][w];
      }
    }
  }

  private void widen(Row row, int o, int tile, double[][] errors, Field output) {
    // Products, sums over channels and the output's transform, each of which may be flushed.
    double flushed = Rounding.flushed(roundings) * FLUSH_GROWTH;
    int top = row.tileRow * formula.outputTile();
    int left = tile * formula.outputTile();
    for (int r = 0; r < formula.outputTile() && top + r < spec.oh(); r++) {
      for (int c = 0; c < formula.outputTile() && left + c < spec.ow(); c++) {
        long at = (((long) row.image * spec.oc() + o) * spec.oh() + top + r) * spec.ow() + left + c;
        output.set(at, output.value(at), output.error(at) + errors[r][c] + flushed);
      }
    }
  }
}
