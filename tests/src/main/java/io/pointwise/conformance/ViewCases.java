// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Flatten;
import io.pointwise.layer.Reshape;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Layers that compute nothing: flatten, reshape, dropout, alone and between others. */
final class ViewCases {
  private static final Shape IMAGE = Shape.of(2, 6, 4, 5);

  private ViewCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (int axis = 0; axis <= 4; axis++) {
      cases.add(ConformanceCase.of("flatten from axis " + axis, IMAGE, new Flatten(axis)));
    }
    cases.add(ConformanceCase.of("reshape to a matrix", IMAGE, new Reshape(0, -1)));
    cases.add(ConformanceCase.of("reshape to a vector", IMAGE, new Reshape(-1)));
    cases.add(ConformanceCase.of("dropout", IMAGE, b -> b.dropout(0.5f)));
    cases.add(
        ConformanceCase.of("conv flatten linear", IMAGE, b -> b.pointwise(9).flatten().linear(7)));
    cases.add(
        ConformanceCase.of(
            "conv dropout flatten dropout linear",
            IMAGE,
            b -> b.pointwise(9).relu().dropout(0.5f).flatten().dropout(0.5f).linear(7)));
    cases.add(
        ConformanceCase.of(
            "conv reshaped channels conv",
            IMAGE,
            b -> b.pointwise(8).layer(new Reshape(0, 16, 2, 5)).conv(5, Window.square(2))));
    cases.add(
        ConformanceCase.of(
            "conv reshaped to a matrix softmax reshaped back conv",
            IMAGE,
            b ->
                b.pointwise(8)
                    .layer(new Reshape(0, -1))
                    .softmax()
                    .layer(new Reshape(0, 8, 4, 5))
                    .pointwise(3)));
    cases.add(
        ConformanceCase.of(
            "global pool flatten linear", IMAGE, b -> b.globalAvgPool().flatten().linear(3)));
    return cases;
  }
}
