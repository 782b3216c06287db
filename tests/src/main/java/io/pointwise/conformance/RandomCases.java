// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.conformance;

import io.pointwise.layer.AvgPool2d;
import io.pointwise.layer.Conv2d;
import io.pointwise.layer.ConvTranspose2d;
import io.pointwise.layer.Layer;
import io.pointwise.layer.MaxPool2d;
import io.pointwise.layer.Window;
import io.pointwise.tensor.Shape;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Random small cases for properties. Sizes follow from the window, so that no draw is impossible.
 */
final class RandomCases {
  private RandomCases() {}

  /** A 1×1 convolution with a random epilogue. */
  static Arbitrary<ConformanceCase> pointwise() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(1, 70),
            Arbitraries.integers().between(1, 14),
            Arbitraries.integers().between(1, 14),
            Arbitraries.integers().between(1, 70),
            Arbitraries.integers().between(0, 3))
        .as(
            (n, ic, ih, iw, oc, epilogue) -> {
              Shape input = Shape.of(n, ic, ih, iw);
              String name = ConformanceCase.ascii("random pointwise " + input + " to " + oc);
              return switch (epilogue) {
                case 1 -> ConformanceCase.of(name + " relu", input, b -> b.pointwise(oc).relu());
                case 2 ->
                    ConformanceCase.of(
                        name + " residual",
                        input,
                        b -> b.pointwise(oc).residual(r -> r.pointwise(oc)));
                case 3 -> ConformanceCase.of(name + " relu6", input, b -> b.pointwise(oc).relu6());
                default -> ConformanceCase.of(name, input, b -> b.pointwise(oc));
              };
            });
  }

  /** Any convolution. */
  static Arbitrary<ConformanceCase> convolutions() {
    return Combinators.combine(windows(4), groupings(), margins(), Arbitraries.of(true, false))
        .as(
            (window, grouping, margin, bias) -> {
              Shape input = input(window, grouping, margin);
              Conv2d conv = new Conv2d(grouping.oc(), window, grouping.groups(), bias);
              return ConformanceCase.of("random conv", input, conv);
            });
  }

  /** Any depthwise convolution. */
  static Arbitrary<ConformanceCase> depthwise() {
    return Combinators.combine(
            windows(4),
            Arbitraries.integers().between(2, 40),
            Arbitraries.integers().between(1, 2),
            margins())
        .as(
            (window, channels, multiplier, margin) -> {
              Shape input = input(window, new Grouping(channels, 1, multiplier), margin);
              Conv2d conv = new Conv2d(channels * multiplier, window, channels, true);
              return ConformanceCase.of("random depthwise", input, conv);
            });
  }

  /** Any transposed convolution whose output is not cut away by its padding. */
  static Arbitrary<ConformanceCase> transposed() {
    return Combinators.combine(windows(1), groupings(), margins())
        .as(
            (window, grouping, margin) -> {
              Shape input =
                  Shape.of(
                      margin.n(),
                      grouping.ic(),
                      2 + window.padTop() + window.padBottom() + margin.h(),
                      2 + window.padLeft() + window.padRight() + margin.w());
              Layer layer =
                  new ConvTranspose2d(grouping.oc(), window, 0, 0, grouping.groups(), true);
              return named("random transposed conv " + grouping + " " + window, input, layer);
            });
  }

  /** Any pooling. */
  static Arbitrary<ConformanceCase> pools() {
    return Combinators.combine(
            windows(4).map(RandomCases::withPoolPadding),
            Arbitraries.integers().between(1, 20),
            margins(),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 2))
        .as(
            (window, channels, margin, ceil, kind) -> {
              Shape input = input(window, new Grouping(1, channels, 1), margin);
              Layer layer =
                  kind == 0 ? new MaxPool2d(window, ceil) : new AvgPool2d(window, ceil, kind == 1);
              String flags = (ceil ? " ceil" : "") + (kind == 1 ? " with padding " : " ");
              return named("random " + layer.kind() + " " + window + flags, input, layer);
            });
  }

  private static ConformanceCase named(String prefix, Shape input, Layer layer) {
    return ConformanceCase.of(ConformanceCase.ascii(prefix + " on " + input), input, layer);
  }

  /** The least input that the window fits into, and a margin. */
  private static Shape input(Window window, Grouping grouping, Margin margin) {
    long h = Math.max(1, window.extentH() - window.padTop() - window.padBottom());
    long w = Math.max(1, window.extentW() - window.padLeft() - window.padRight());
    return Shape.of(margin.n(), grouping.ic(), (int) h + margin.h(), (int) w + margin.w());
  }

  /** Padding of a pooling is less than its kernel's extent. */
  private static Window withPoolPadding(Window window) {
    int h = (int) window.extentH() - 1;
    int w = (int) window.extentW() - 1;
    return window.pad(
        Math.min(h, window.padTop()),
        Math.min(w, window.padLeft()),
        Math.min(h, window.padBottom()),
        Math.min(w, window.padRight()));
  }

  private static Arbitrary<Window> windows(int mostPadding) {
    Arbitrary<Integer> taps = Arbitraries.integers().between(1, 5);
    Arbitrary<Integer> strides = Arbitraries.integers().between(1, 3);
    Arbitrary<Integer> dilations = Arbitraries.integers().between(1, 3);
    Arbitrary<Integer> pads = Arbitraries.integers().between(0, mostPadding);
    return Combinators.combine(
            Combinators.combine(taps, taps).as(Window::of),
            Combinators.combine(strides, strides).as(Pair::new),
            Combinators.combine(dilations, dilations).as(Pair::new),
            Combinators.combine(pads, pads).as(Pair::new),
            Combinators.combine(pads, pads).as(Pair::new))
        .as(
            (window, stride, dilation, begin, end) ->
                window
                    .stride(stride.h(), stride.w())
                    .dilation(dilation.h(), dilation.w())
                    .pad(begin.h(), begin.w(), end.h(), end.w()));
  }

  private static Arbitrary<Grouping> groupings() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(1, 20),
            Arbitraries.integers().between(1, 20))
        .as(Grouping::new);
  }

  private static Arbitrary<Margin> margins() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(0, 9),
            Arbitraries.integers().between(0, 9))
        .as(Margin::new);
  }

  private record Pair(int h, int w) {}

  private record Margin(int n, int h, int w) {}

  private record Grouping(int groups, int icPerGroup, int ocPerGroup) {
    int ic() {
      return groups * icPerGroup;
    }

    int oc() {
      return groups * ocPerGroup;
    }
  }
}
