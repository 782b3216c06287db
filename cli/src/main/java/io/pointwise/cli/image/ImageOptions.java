// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.image;

import io.pointwise.cli.output.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that read images. Use as a mixin. */
public final class ImageOptions {
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4})[x×]([1-9][0-9]{0,4})");
  private static final Pattern FRACTION = Pattern.compile("(.+)/(.+)");

  @Option(
      names = "--resize",
      paramLabel = "WxH",
      description =
          "Resizes images, bilinear with half-pixel centres and without averaging; else an image"
              + " must be as large as the model takes it.")
  private @Nullable String resize;

  @Option(names = "--bgr", description = "The model takes blue first.")
  private boolean bgr;

  @Option(
      names = "--scale",
      paramLabel = "S",
      description = "Multiplies pixels, which are 0 to 255; a number or a fraction as 1/255.")
  private @Nullable String scale;

  @Option(
      names = "--mean",
      split = ",",
      paramLabel = "M",
      description =
          "Subtracted after --scale: a number for each channel in the model's order, or one for"
              + " all.")
  private List<String> mean = new ArrayList<>();

  @Option(
      names = "--std",
      split = ",",
      paramLabel = "D",
      description = "Divides after --mean: a number for each channel, or one for all.")
  private List<String> std = new ArrayList<>();

  /** What the options ask for. */
  public Preprocessing preprocessing() {
    return new Preprocessing(
        size(),
        bgr,
        scale == null ? 1 : number("--scale", scale),
        mean.isEmpty() ? Preprocessing.NONE.mean() : numbers("--mean", mean),
        std.isEmpty() ? Preprocessing.NONE.std() : divisors());
  }

  private Preprocessing.@Nullable Size size() {
    if (resize == null) {
      return null;
    }
    Matcher matcher = SIZE.matcher(resize);
    if (!matcher.matches()) {
      throw CommandFailure.usage("--resize=" + resize + " must be a size as 224x224, width first");
    }
    return new Preprocessing.Size(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  private List<Double> divisors() {
    List<Double> divisors = numbers("--std", std);
    if (divisors.contains(0.0) || divisors.contains(-0.0)) {
      throw CommandFailure.usage("--std=" + String.join(",", std) + ": must not be 0");
    }
    return divisors;
  }

  private static List<Double> numbers(String option, List<String> texts) {
    return texts.stream().map(text -> number(option, text)).toList();
  }

  private static double number(String option, String text) {
    Matcher fraction = FRACTION.matcher(text);
    double value = Double.NaN;
    try {
      value =
          fraction.matches()
              ? Double.parseDouble(fraction.group(1)) / Double.parseDouble(fraction.group(2))
              : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      // Stays NaN, which is refused below.
    }
    if (!Double.isFinite(value)) {
      throw CommandFailure.usage(option + ": \"" + text + "\" is not a number");
    }
    return value;
  }
}
