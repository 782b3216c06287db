// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.scalar;

import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;

/**
 * Convolution another way: the input is copied into a padded one, and each output gathers its
 * window from there, tap by tap with the channels innermost. For small integers, so the order of
 * summation is of no matter.
 */
public final class PaddedConvolution {
  private PaddedConvolution() {}

  /** The output of a convolution; the bias counts only if the convolution has one. */
  public static float[] of(ConvSpec spec, float[] x, float[] w, float[] bias) {
    Window window = spec.window();
    int ph = spec.ih() + window.padTop() + window.padBottom();
    int pw = spec.iw() + window.padLeft() + window.padRight();
    float[][][] padded = pad(spec, x, ph, pw);
    float[] y = new float[Math.toIntExact(spec.output().elements())];
    int at = 0;
    for (int n = 0; n < spec.n(); n++) {
      for (int o = 0; o < spec.oc(); o++) {
        for (int r = 0; r < spec.oh(); r++) {
          for (int c = 0; c < spec.ow(); c++) {
            y[at++] = (spec.bias() ? bias[o] : 0) + gather(spec, padded[n], w, o, r, c, pw);
          }
        }
      }
    }
    return y;
  }

  private static float gather(
      ConvSpec spec, float[][] image, float[] w, int o, int r, int c, int pw) {
    int firstChannel = o / (spec.oc() / spec.groups()) * (spec.ic() / spec.groups());
    float sum = 0;
    for (int p = 0; p < spec.kh(); p++) {
      for (int q = 0; q < spec.kw(); q++) {
        int row = r * spec.window().strideH() + p * spec.window().dilationH();
        int column = c * spec.window().strideW() + q * spec.window().dilationW();
        for (int i = 0; i < spec.ic() / spec.groups(); i++) {
          int filter = ((o * (spec.ic() / spec.groups()) + i) * spec.kh() + p) * spec.kw() + q;
          sum += w[filter] * image[firstChannel + i][row * pw + column];
        }
      }
    }
    return sum;
  }

  private static float[][][] pad(ConvSpec spec, float[] x, int ph, int pw) {
    float[][][] padded = new float[spec.n()][spec.ic()][ph * pw];
    for (int i = 0; i < x.length; i++) {
      int column = i % spec.iw() + spec.window().padLeft();
      int row = i / spec.iw() % spec.ih() + spec.window().padTop();
      int plane = i / spec.iw() / spec.ih();
      padded[plane / spec.ic()][plane % spec.ic()][row * pw + column] = x[i];
    }
    return padded;
  }
}
