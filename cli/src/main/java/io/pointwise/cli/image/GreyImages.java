// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.image;

/** Grey images of one size. */
public final class GreyImages {
  private final int count;
  private final int height;
  private final int width;
  private final byte[] pixels;

  /**
   * @param pixels unsigned bytes, one image after the other, rows from the top
   */
  GreyImages(int count, int height, int width, byte[] pixels) {
    this.count = count;
    this.height = height;
    this.width = width;
    this.pixels = pixels;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** One image. */
  Picture picture(int index) {
    int plane = height * width;
    float[] values = new float[plane];
    for (int i = 0; i < plane; i++) {
      values[i] = pixels[index * plane + i] & 0xFF;
    }
    return new Picture(1, height, width, values);
  }
}
