// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.Resampling;
import io.pointwise.layer.Resize;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Resampling in every mode with every kind of coordinates, up and down. */
final class ResizeCases {
  private static final Shape IMAGE = Shape.of(1, 3, 5, 8);

  private ResizeCases() {}

  static List<ConformanceCase> all() {
    List<ConformanceCase> cases = new ArrayList<>();
    for (Resampling.Coordinates coordinates : Resampling.Coordinates.values()) {
      for (Resampling.Mode mode : Resampling.Mode.values()) {
        Resampling how = how(mode, coordinates, Resampling.Rounding.ROUND_PREFER_FLOOR);
        add(cases, how, "up and down", IMAGE, axis(2, 5, 11), axis(3, 8, 3));
        add(cases, how, "to one", IMAGE, axis(2, 5, 1), axis(3, 8, 16));
      }
    }
    for (Resampling.Rounding rounding : Resampling.Rounding.values()) {
      Resampling how = how(Resampling.Mode.NEAREST, Resampling.Coordinates.HALF_PIXEL, rounding);
      add(cases, how, "of halves", Shape.of(2, 6), axis(1, 6, 3));
      add(cases, how, "of a batch", Shape.of(2, 7), axis(0, 2, 5), axis(1, 7, 4));
    }
    for (Resampling.Mode mode : List.of(Resampling.Mode.LINEAR, Resampling.Mode.CUBIC)) {
      Resampling antialias = borders(mode, false, true);
      add(cases, antialias, "smoothly", IMAGE, axis(2, 5, 2), axis(3, 8, 12));
      add(cases, borders(mode, true, false), "without the outside", IMAGE, axis(2, 5, 9));
      add(cases, borders(mode, true, true), "smoothly inside", IMAGE, axis(3, 8, 3));
      add(
          cases,
          how(mode, Resampling.Coordinates.HALF_PIXEL, Resampling.Rounding.FLOOR),
          "of a volume",
          Shape.of(1, 2, 3, 4, 5),
          axis(2, 3, 5),
          axis(3, 4, 2),
          axis(4, 5, 7));
    }
    add(cases, Resampling.nearest(), "of a line", Shape.of(5), axis(0, 5, 10));
    add(cases, Resampling.nearest(), "to nothing", IMAGE, axis(2, 5, 0));
    add(cases, Resampling.nearest(), "of nothing", Shape.of(0, 3), axis(1, 3, 6));
    add(cases, Resampling.nearest(), "of no axis", Shape.of(2, 3));
    add(
        cases,
        Resampling.nearest(),
        "by two",
        Shape.of(2, 17, 5, 7),
        axis(2, 5, 10),
        axis(3, 7, 14));
    return cases;
  }

  private static Resampling how(
      Resampling.Mode mode, Resampling.Coordinates coordinates, Resampling.Rounding rounding) {
    return new Resampling(mode, coordinates, rounding, -0.75f, false, false);
  }

  private static Resampling borders(
      Resampling.Mode mode, boolean excludeOutside, boolean antialias) {
    return new Resampling(
        mode,
        Resampling.Coordinates.HALF_PIXEL,
        Resampling.Rounding.FLOOR,
        -0.5f,
        excludeOutside,
        antialias);
  }

  /** The region, which only one kind of coordinates looks at, begins inside and ends outside. */
  private static Resize.Axis axis(int axis, int input, int output) {
    double scale = Math.max(1e-3, (double) output / input);
    return new Resize.Axis(axis, output, scale, 0.25, 1.25);
  }

  private static void add(
      List<ConformanceCase> cases, Resampling how, String what, Shape input, Resize.Axis... axes) {
    Resize resize = new Resize(List.of(axes), how, 2.5f);
    String name = "resize " + how + " " + what;
    cases.add(ConformanceCase.of(name, input, resize));
  }
}
