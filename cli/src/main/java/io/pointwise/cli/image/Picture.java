// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.image;

/** An image in memory: intensities from 0 to 255, one plane a channel, rows from the top. */
final class Picture {
  /** Weights of red, green and blue in luma (Recommendation ITU-R BT.601). */
  private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

  private final int channels;
  private final int height;
  private final int width;
  private final float[] values;

  /**
   * @param channels 1, grey, or 3: red, green, blue
   * @param values the planes one after the other; not copied
   */
  Picture(int channels, int height, int width, float... values) {
    if (values.length != (long) channels * height * width || (channels != 1 && channels != 3)) {
      throw new IllegalArgumentException(
          channels + "×" + height + "×" + width + " from " + values.length + " values");
    }
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = values;
  }

  int channels() {
    return channels;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  /** Pixels of a plane. */
  int plane() {
    return height * width;
  }

  /** A pixel of a plane, counted row by row. */
  float value(int channel, int pixel) {
    return values[channel * plane() + pixel];
  }

  /** The same with one channel (luma) or three (the grey one three times). */
  Picture withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    float[] converted = new float[wanted * plane()];
    for (int i = 0; i < plane(); i++) {
      if (wanted == 1) {
        converted[i] =
            LUMA[0] * values[i] + LUMA[1] * values[plane() + i] + LUMA[2] * values[2 * plane() + i];
      } else {
        converted[i] = values[i];
        converted[plane() + i] = values[i];
        converted[2 * plane() + i] = values[i];
      }
    }
    return new Picture(wanted, height, width, converted);
  }

  /** Bilinear, see {@link Bilinear}. */
  Picture resized(int newHeight, int newWidth) {
    if (newHeight == height && newWidth == width) {
      return this;
    }
    Bilinear rows = Bilinear.of(height, newHeight);
    Bilinear columns = Bilinear.of(width, newWidth);
    float[] resized = new float[channels * newHeight * newWidth];
    int at = 0;
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < newHeight; y++) {
        int upper = c * plane() + rows.before(y) * width;
        int lower = c * plane() + rows.after(y) * width;
        for (int x = 0; x < newWidth; x++) {
          double top = columns.between(x, values, upper);
          double bottom = columns.between(x, values, lower);
          resized[at++] = (float) (top + rows.share(y) * (bottom - top));
        }
      }
    }
    return new Picture(channels, newHeight, newWidth, resized);
  }

  /** Height and width as people write them for images: {@code 640×480}, the width first. */
  String size() {
    return width + "×" + height;
  }
}
