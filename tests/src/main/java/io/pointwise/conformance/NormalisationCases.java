// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.BatchNorm;
import io.pointwise.layer.GroupNorm;
import io.pointwise.layer.LocalResponseNorm;
import io.pointwise.layer.Softmax;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Softmax, batch norm that has nothing to be folded into, local response norm. */
final class NormalisationCases {
  private NormalisationCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    softmax(cases);
    Shape image = Shape.of(2, 9, 5, 4);
    cases.add(ConformanceCase.of("batch norm of an input", image, new BatchNorm(1e-5f)));
    cases.add(ConformanceCase.of("batch norm of a matrix", Shape.of(3, 20), new BatchNorm(1e-3f)));
    cases.add(
        ConformanceCase.of(
            "batch norm behind relu", image, b -> b.pointwise(7).relu().batchNorm()));
    cases.add(
        ConformanceCase.of("batch norm before relu", image, b -> b.relu().batchNorm().relu()));
    for (int size : new int[] {1, 2, 3, 5, 11}) {
      cases.add(
          ConformanceCase.of(
              "local response norm over " + size,
              image,
              new LocalResponseNorm(size, 1e-1f, 0.75f, 1)));
    }
    cases.add(
        ConformanceCase.of(
            "local response norm of AlexNet",
            Shape.of(1, 33, 6, 7),
            new LocalResponseNorm(5, 1e-4f, 0.75f, 2)));
    groupNorm(cases);
    return cases;
  }

  private static void groupNorm(List<ConformanceCase> cases) {
    for (int groups : new int[] {1, 2, 3, 6}) {
      cases.add(
          ConformanceCase.of(
              "group norm of " + groups, Shape.of(2, 6, 5, 4), new GroupNorm(groups, 1e-5f)));
    }
    for (Shape input :
        List.of(
            Shape.of(3, 20),
            Shape.of(2, 4, 33),
            Shape.of(1, 2, 3, 2, 1, 5),
            Shape.of(1, 4, 40, 41),
            Shape.of(0, 4, 3),
            Shape.of(2, 4, 0))) {
      String name = "group norm of two on " + input;
      cases.add(ConformanceCase.of(ConformanceCase.ascii(name), input, new GroupNorm(2, 0.1f)));
    }
    cases.add(
        ConformanceCase.of(
            "conv group norm relu",
            Shape.of(2, 6, 5, 4),
            b -> b.pointwise(8).layer(new GroupNorm(4, 1e-3f)).relu()));
  }

  private static void softmax(List<ConformanceCase> cases) {
    for (boolean log : new boolean[] {false, true}) {
      String kind = log ? "log-softmax" : "softmax";
      for (int axis = -1; axis < 4; axis++) {
        cases.add(
            ConformanceCase.of(
                kind + " along axis " + axis, Shape.of(2, 7, 3, 5), new Softmax(axis, log)));
      }
      cases.add(ConformanceCase.of(kind + " of features", Shape.of(3, 33), new Softmax(1, log)));
      cases.add(ConformanceCase.of(kind + " of one class", Shape.of(4, 1), new Softmax(1, log)));
      cases.add(
          ConformanceCase.of(kind + " of a thousand", Shape.of(1, 1000), new Softmax(1, log)));
    }
  }
}
