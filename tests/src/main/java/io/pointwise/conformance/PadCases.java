// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Pad;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Elements added around a tensor, in every mode. */
final class PadCases {
  private PadCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (Pad.Mode mode : Pad.Mode.values()) {
      add(cases, Shape.of(2, 3, 5, 4), List.of(0, 0, 1, 2), List.of(0, 0, 3, 0), mode);
      add(cases, Shape.of(2, 3, 5, 4), List.of(1, 0, 0, 1), List.of(0, 2, 0, 1), mode);
      add(cases, Shape.of(3, 1), List.of(0, 2), List.of(1, 3), mode);
      add(cases, Shape.of(4), List.of(9), List.of(11), mode);
      add(cases, Shape.of(), List.of(), List.of(), mode);
      add(
          cases,
          Shape.of(2, 1, 2, 3, 1, 2),
          List.of(0, 1, 0, 2, 0, 1),
          List.of(1, 0, 0, 1, 1, 0),
          mode);
      add(cases, Shape.of(2, 0), List.of(1, 0), List.of(0, 0), mode);
    }
    add(cases, Shape.of(2, 0), List.of(0, 1), List.of(1, 2), Pad.Mode.CONSTANT);
    cases.add(
        ConformanceCase.of(
            "padded with minus infinity",
            Shape.of(2, 3),
            new Pad(List.of(1, 0), List.of(0, 1), Pad.Mode.CONSTANT, Float.NEGATIVE_INFINITY)));
    return cases;
  }

  private static void add(
      List<ConformanceCase> cases,
      Shape input,
      List<Integer> before,
      List<Integer> after,
      Pad.Mode mode) {
    Pad pad = new Pad(before, after, mode, -1.5f);
    String name = pad.kind() + " " + input + " by " + before + " and " + after;
    cases.add(ConformanceCase.of(ConformanceCase.ascii(name), input, pad));
  }
}
