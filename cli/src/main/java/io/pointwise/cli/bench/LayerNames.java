// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.bench;

import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;

/** Names that tell a layer's sizes: {@code 3×3 512→32 @12×12}, then what is unusual about it. */
public final class LayerNames {
  private LayerNames() {}

  public static String of(ConvSpec spec) {
    Window window = spec.window();
    StringBuilder name = new StringBuilder();
    name.append(window.kh()).append('×').append(window.kw()).append(' ');
    if (spec.isDepthwise() && spec.ic() == spec.oc()) {
      name.append("depthwise ").append(spec.ic());
    } else {
      name.append(spec.ic()).append('→').append(spec.oc());
    }
    name.append(" @").append(spec.ih()).append('×').append(spec.iw());
    if (window.strideH() != 1 || window.strideW() != 1) {
      name.append(" s").append(pair(window.strideH(), window.strideW()));
    }
    if (window.dilationH() != 1 || window.dilationW() != 1) {
      name.append(" d").append(pair(window.dilationH(), window.dilationW()));
    }
    if (spec.groups() != 1 && !(spec.isDepthwise() && spec.ic() == spec.oc())) {
      name.append(" g").append(spec.groups());
    }
    if (!window.equals(window.padSame())) {
      name.append(" p").append(pads(window));
    }
    if (spec.n() != 1) {
      name.append(" n").append(spec.n());
    }
    return name.toString();
  }

  private static String pair(int h, int w) {
    return h == w ? String.valueOf(h) : h + "×" + w;
  }

  private static String pads(Window window) {
    boolean even =
        window.padTop() == window.padBottom()
            && window.padTop() == window.padLeft()
            && window.padTop() == window.padRight();
    return even
        ? String.valueOf(window.padTop())
        : window.padTop()
            + "/"
            + window.padLeft()
            + "/"
            + window.padBottom()
            + "/"
            + window.padRight();
  }
}
