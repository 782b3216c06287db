// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.report;

import io.pointwise.cli.bench.LayerJson;

/** Layers that are summed up together. */
public enum LayerKind {
  ALL("all"),
  POINTWISE("1×1"),
  THREE("3×3"),
  OTHER("other");

  private final String label;

  LayerKind(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  boolean has(LayerJson layer) {
    boolean pointwise = layer.kh() == 1 && layer.kw() == 1;
    boolean three = layer.kh() == 3 && layer.kw() == 3 && layer.groups() == 1;
    return switch (this) {
      case ALL -> true;
      case POINTWISE -> pointwise;
      case THREE -> three;
      case OTHER -> !pointwise && !three;
    };
  }
}
