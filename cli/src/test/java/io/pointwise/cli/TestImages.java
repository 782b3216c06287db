// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli;

import java.awt.image.BufferedImage;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes small image files. */
public final class TestImages {
  private TestImages() {}

  /** A PNG with transparency; pixels as 0xAARRGGBB, row by row. */
  public static String argb(Path file, int width, int... pixels) throws IOException {
    return colour(file, BufferedImage.TYPE_INT_ARGB, width, pixels);
  }

  private static String colour(Path file, int type, int width, int... pixels) throws IOException {
    BufferedImage image = new BufferedImage(width, pixels.length / width, type);
    image.setRGB(0, 0, width, image.getHeight(), pixels, 0, width);
    return write(file, image);
  }

  /** A PNG without transparency; pixels as 0xRRGGBB, row by row. */
  public static String rgb(Path file, int width, int... pixels) throws IOException {
    return colour(file, BufferedImage.TYPE_INT_RGB, width, pixels);
  }

  /** A grey PNG of so many bits; the levels are what the file holds. */
  public static String grey(Path file, int bits, int width, int... levels) throws IOException {
    int type = bits == 16 ? BufferedImage.TYPE_USHORT_GRAY : BufferedImage.TYPE_BYTE_GRAY;
    BufferedImage image = new BufferedImage(width, levels.length / width, type);
    image.getRaster().setPixels(0, 0, width, image.getHeight(), levels);
    return write(file, image);
  }

  private static String write(Path file, BufferedImage image) throws IOException {
    ImageIO.write(image, "png", file.toFile());
    return file.toString();
  }

  /** An idx file of images; {@code pixels} hold all of them. */
  public static void idxImages(OutputStream to, int height, int width, int... pixels)
      throws IOException {
    idx(to, new int[] {pixels.length / height / width, height, width}, pixels);
  }

  /** An idx file of labels. */
  public static String idxLabels(Path file, int... labels) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      idx(out, new int[] {labels.length}, labels);
    }
    return file.toString();
  }

  private static void idx(OutputStream to, int[] dims, int... bytes) throws IOException {
    DataOutputStream out = new DataOutputStream(to);
    out.writeInt(0x0800 + dims.length);
    for (int dim : dims) {
      out.writeInt(dim);
    }
    for (int value : bytes) {
      out.writeByte(value);
    }
    out.flush();
  }
}
