// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;

/** A convolution in JSON: a name and all sizes of {@link ConvSpec}. */
public record LayerJson(
    String name,
    int n,
    int ic,
    int ih,
    int iw,
    int oc,
    int kh,
    int kw,
    int strideH,
    int strideW,
    int padTop,
    int padLeft,
    int padBottom,
    int padRight,
    int dilationH,
    int dilationW,
    int groups,
    boolean bias) {
  public static LayerJson of(String name, ConvSpec spec) {
    Window window = spec.window();
    return new LayerJson(
        name,
        spec.n(),
        spec.ic(),
        spec.ih(),
        spec.iw(),
        spec.oc(),
        window.kh(),
        window.kw(),
        window.strideH(),
        window.strideW(),
        window.padTop(),
        window.padLeft(),
        window.padBottom(),
        window.padRight(),
        window.dilationH(),
        window.dilationW(),
        spec.groups(),
        spec.bias());
  }
}
