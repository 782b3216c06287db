// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.softwarecuda;

import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnTensorDescriptor;

/** A convolution's sizes, with the plain loops over its products. */
record ConvolutionSizes(
    int n,
    int ic,
    int ih,
    int iw,
    int oc,
    int kh,
    int kw,
    Pair pad,
    Pair stride,
    Pair dilation,
    int groups) {

  /** A number for height and one for width, written {@code 1x2}. */
  record Pair(int h, int w) {
    static Pair of(String text) {
      int cross = text.indexOf('x');
      return new Pair(
          Integer.parseInt(text.substring(0, cross)), Integer.parseInt(text.substring(cross + 1)));
    }
  }

  interface Tap {
    void at(int x, int w, int y);
  }

  int oh() {
    return (ih + 2 * pad.h - ((kh - 1) * dilation.h + 1)) / stride.h + 1;
  }

  int ow() {
    return (iw + 2 * pad.w - ((kw - 1) * dilation.w + 1)) / stride.w + 1;
  }

  int inputs() {
    return n * ic * ih * iw;
  }

  int weights() {
    return oc * ic / groups * kh * kw;
  }

  int outputs() {
    return n * oc * oh() * ow();
  }

  cudnnTensorDescriptor x() {
    return Cudnn.tensor(n, ic, ih, iw);
  }

  cudnnFilterDescriptor w() {
    return Cudnn.filter(oc, ic / groups, kh, kw);
  }

  cudnnConvolutionDescriptor descriptor() {
    return Cudnn.convolution(pad.h, pad.w, stride.h, stride.w, dilation.h, dilation.w, groups);
  }

  cudnnTensorDescriptor y() {
    return Cudnn.tensor(n, oc, oh(), ow());
  }

  /** Calls {@code tap} with the places in x, w and y of every product that is summed. */
  void forEachProduct(Tap tap) {
    for (int b = 0; b < n; b++) {
      for (int o = 0; o < oc; o++) {
        for (int r = 0; r < oh(); r++) {
          for (int s = 0; s < ow(); s++) {
            forEachProductOf(b, o, r, s, tap);
          }
        }
      }
    }
  }

  private void forEachProductOf(int b, int o, int r, int s, Tap tap) {
    int channels = ic / groups;
    int firstChannel = o / (oc / groups) * channels;
    for (int c = 0; c < channels; c++) {
      for (int u = 0; u < kh; u++) {
        for (int v = 0; v < kw; v++) {
          int row = r * stride.h - pad.h + u * dilation.h;
          int column = s * stride.w - pad.w + v * dilation.w;
          if (row >= 0 && row < ih && column >= 0 && column < iw) {
            tap.at(
                ((b * ic + firstChannel + c) * ih + row) * iw + column,
                ((o * channels + c) * kh + u) * kw + v,
                ((b * oc + o) * oh() + r) * ow() + s);
          }
        }
      }
    }
  }
}
