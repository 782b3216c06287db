// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Winograd;
import io.pointwise.tensor.Tensor;

/** Winograd's formula in float32, tile by tile, as simply as it can be written down. */
final class WinogradFloat {
  private WinogradFloat() {}

  static Tensor convolution(Winograd formula, ConvSpec spec, Tensor x, Tensor weight, Tensor bias) {
    Tensor y = Tensor.zeros(spec.output());
    int m = formula.outputTile();
    for (int n = 0; n < spec.n(); n++) {
      for (int o = 0; o < spec.oc(); o++) {
        for (int r = 0; r < spec.oh(); r += m) {
          for (int c = 0; c < spec.ow(); c += m) {
            float[][] sums = new float[formula.inputTile()][formula.inputTile()];
            for (int i = 0; i < spec.icPerGroup(); i++) {
              float[][] u = filter(formula, spec, weight, o, i);
              int channel = o / spec.ocPerGroup() * spec.icPerGroup() + i;
              float[][] v =
                  applied(formula.inputTransform(), tile(formula, spec, x, n, channel, r, c));
              for (int h = 0; h < sums.length; h++) {
                for (int w = 0; w < sums.length; w++) {
                  sums[h][w] += u[h][w] * v[h][w];
                }
              }
            }
            float[][] tile = applied(formula.outputTransform(), sums);
            for (int h = 0; h < m && r + h < spec.oh(); h++) {
              for (int w = 0; w < m && c + w < spec.ow(); w++) {
                long at = (((long) n * spec.oc() + o) * spec.oh() + r + h) * spec.ow() + c + w;
                y.set(at, tile[h][w] + bias.get(o));
              }
            }
          }
        }
      }
    }
    return y;
  }

  private static float[][] tile(
      Winograd formula, ConvSpec spec, Tensor x, int n, int channel, int r, int c) {
    int size = formula.inputTile();
    float[][] tile = new float[size][size];
    for (int h = 0; h < size; h++) {
      for (int w = 0; w < size; w++) {
        int row = r + h - spec.window().padTop();
        int column = c + w - spec.window().padLeft();
        if (row >= 0 && row < spec.ih() && column >= 0 && column < spec.iw()) {
          long plane = ((long) n * spec.ic() + channel) * spec.ih();
          tile[h][w] = x.get((plane + row) * spec.iw() + column);
        }
      }
    }
    return tile;
  }

  /** In double precision, rounded once: that is done when a network is planned. */
  private static float[][] filter(
      Winograd formula, ConvSpec spec, Tensor weight, int o, int channelInGroup) {
    double[][] g = new double[Winograd.TAPS][Winograd.TAPS];
    for (int t = 0; t < 9; t++) {
      g[t / 3][t % 3] = weight.get(((long) o * spec.icPerGroup() + channelInGroup) * 9 + t);
    }
    double[][] u = Winograd.applied(formula.filterTransform(), g);
    float[][] rounded = new float[u.length][u.length];
    for (int h = 0; h < u.length; h++) {
      for (int w = 0; w < u.length; w++) {
        rounded[h][w] = (float) u[h][w];
      }
    }
    return rounded;
  }

  private static float[][] applied(double[][] transform, float[][] x) {
    int size = transform.length;
    float[][] rows = new float[size][x.length];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < x.length; j++) {
        for (int k = 0; k < x.length; k++) {
          rows[i][j] += (float) transform[i][k] * x[k][j];
        }
      }
    }
    float[][] applied = new float[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        for (int k = 0; k < x.length; k++) {
          applied[i][j] += rows[i][k] * (float) transform[j][k];
        }
      }
    }
    return applied;
  }
}
