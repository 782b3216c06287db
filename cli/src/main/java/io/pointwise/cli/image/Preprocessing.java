// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.image;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an image before the model sees it. From intensities of 0 to 255 in this order:
 * resized; made grey or colour, as the model takes it; red and blue exchanged for BGR; multiplied
 * by {@code scale}; {@code mean} subtracted; divided by {@code std}. Mean and standard deviation
 * are those of the model's channels in the model's order.
 *
 * @param size to which images are resized, or null
 * @param bgr whether the model takes blue first
 * @param scale of all channels
 * @param mean one number a channel, or one for all
 * @param std one number a channel, or one for all
 */
public record Preprocessing(
    @Nullable Size size, boolean bgr, double scale, List<Double> mean, List<Double> std) {
  /** As the files have them. */
  static final Preprocessing NONE = new Preprocessing(null, false, 1, List.of(0.0), List.of(1.0));

  public Preprocessing {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /** A size in pixels. */
  public record Size(int width, int height) {}

  /** The picture as large and with the channels that the input takes. */
  Picture fit(Picture picture, ImageInput input, String source) {
    Picture sized = size == null ? picture : picture.resized(size.height(), size.width());
    input.requireSize(sized, source);
    Picture fitted = input.withChannels(sized);
    requireOneOrAll("--mean", mean, fitted.channels());
    requireOneOrAll("--std", std, fitted.channels());
    return fitted;
  }

  private static void requireOneOrAll(String option, List<Double> values, int channels) {
    if (values.size() != 1 && values.size() != channels) {
      throw CommandFailure.usage(
          option
              + " has "
              + values.size()
              + " numbers, and the model takes "
              + channels
              + (channels == 1 ? " channel" : " channels"));
    }
  }

  /** Writes a fitted picture to its place in a batch. */
  void write(Picture fitted, ImageInput input, Tensor batch, int image) {
    int channels = fitted.channels();
    for (int channel = 0; channel < channels; channel++) {
      int source = bgr ? channels - 1 - channel : channel;
      double subtracted = mean.get(channel % mean.size());
      double divisor = std.get(channel % std.size());
      for (int pixel = 0; pixel < fitted.plane(); pixel++) {
        double value = (fitted.value(source, pixel) * scale - subtracted) / divisor;
        batch.set(input.position(fitted, image, channel, pixel), (float) value);
      }
    }
  }
}
