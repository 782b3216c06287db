// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.layer;

import io.pointwise.tensor.Shape;

/**
 * One convolution with all its sizes, validated once; the only owner of {@link #oh()}, {@link
 * #ow()}, {@link #params()}, {@link #macs()} and {@link #bytes()}.
 *
 * <p>Input {@code [n, ic, ih, iw]}, weights OIHW {@code [oc, ic/groups, kh, kw]}, output {@code [n,
 * oc, oh, ow]}:
 *
 * <pre>
 * y[b, o, r, c] = bias[o] + Σ x[b, g·ic/groups + i, r·strideH + p·dilationH − padTop, …] · w[o, i, p, q]
 * </pre>
 *
 * where {@code g = o / (oc/groups)} and elements outside the input are zero.
 *
 * @param n batch size
 * @param ic input channels
 * @param ih input height
 * @param iw input width
 * @param oc output channels
 * @param window kernel size, stride, padding, dilation
 * @param groups channel groups; divides {@code ic} and {@code oc}
 * @param bias whether a bias a channel is added
 */
public record ConvSpec(
    int n, int ic, int ih, int iw, int oc, Window window, int groups, boolean bias) {
  /**
   * @throws InvalidSpecException if a size is below 1, {@code groups} does not divide the channels,
   *     the kernel is larger than the padded input, or a count overflows
   */
  public ConvSpec {
    Check.atLeast("n", n, 1);
    Check.atLeast("ic", ic, 1);
    Check.atLeast("ih", ih, 1);
    Check.atLeast("iw", iw, 1);
    Check.atLeast("oc", oc, 1);
    Check.atLeast("groups", groups, 1);
    Check.divides("groups", groups, "ic", ic);
    Check.divides("groups", groups, "oc", oc);
    int oh = window.outH(ih);
    int ow = window.outW(iw);
    Shape input = Check.shape(n, ic, ih, iw);
    Shape output = Check.shape(n, oc, oh, ow);
    long weights = Check.product("number of weights", oc, ic / groups, window.kh(), window.kw());
    Check.product("number of MACs", 2, output.elements(), ic / groups, window.taps());
    String what = "number of elements";
    long moved = Check.sum(what, input.elements(), output.elements());
    long elements = Check.sum(what, moved, Check.sum(what, weights, oc));
    Check.product("number of bytes", elements, Float.BYTES);
  }

  /** A pointwise (1×1, stride 1, no padding) convolution with bias. */
  public static ConvSpec pointwise(int n, int ic, int ih, int iw, int oc) {
    return new ConvSpec(n, ic, ih, iw, oc, Window.square(1), 1, true);
  }

  public int kh() {
    return window.kh();
  }

  public int kw() {
    return window.kw();
  }

  /** Output height. */
  public int oh() {
    return window.outH(ih);
  }

  /** Output width. */
  public int ow() {
    return window.outW(iw);
  }

  public int icPerGroup() {
    return ic / groups;
  }

  public int ocPerGroup() {
    return oc / groups;
  }

  public Shape input() {
    return Shape.of(n, ic, ih, iw);
  }

  public Shape output() {
    return Shape.of(n, oc, oh(), ow());
  }

  /** Weights, OIHW: {@code [oc, ic/groups, kh, kw]}. */
  public Shape weight() {
    return Shape.of(oc, icPerGroup(), kh(), kw());
  }

  /** Terms of the sum behind one output element, without the bias. */
  public long reduction() {
    return icPerGroup() * window.taps();
  }

  /** Parameters: weights, and biases where there are any. */
  public long params() {
    return weight().elements() + (bias ? oc : 0);
  }

  /** Multiply-accumulates, taps that fall on padding included (as in the literature). */
  public long macs() {
    return output().elements() * reduction();
  }

  /** Bytes when input, weights, bias and output each move once as float32. */
  public long bytes() {
    return (input().elements() + params() + output().elements()) * Float.BYTES;
  }

  public Cost cost() {
    return new Cost(params(), macs(), bytes());
  }

  /** True for 1×1, stride 1, no padding, whatever the groups. */
  public boolean isPointwise() {
    return window.isPointwise();
  }

  /** True when each input channel has filters of its own: one input channel a group. */
  public boolean isDepthwise() {
    return groups == ic && groups > 1;
  }
}
