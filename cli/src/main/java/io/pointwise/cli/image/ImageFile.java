// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.image;

import io.pointwise.cli.output.UserFile;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Decodes image files. Transparency is ignored: the colours of transparent pixels count. */
final class ImageFile {
  static {
    // Decoding needs no window system, and asks for none when told so before its first use.
    System.setProperty("java.awt.headless", "true");
    ImageIO.setUseCache(false);
  }

  private static final int MOST_PIXELS = Integer.MAX_VALUE / 4;

  private ImageFile() {}

  /** The image in a file. */
  static Picture read(String file) {
    Path path = UserFile.existing(file);
    BufferedImage image;
    try {
      image = decode(path);
    } catch (IOException e) {
      throw UserFile.unreadable(file, e);
    }
    if (image == null) {
      throw UserFile.unreadable(file, "it is no image in a known format");
    }
    if ((long) image.getWidth() * image.getHeight() > MOST_PIXELS) {
      throw UserFile.unreadable(file, "it has more than " + MOST_PIXELS + " pixels");
    }
    boolean grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    return grey ? grey(image) : colour(image);
  }

  private static @Nullable BufferedImage decode(Path path) throws IOException {
    try {
      return ImageIO.read(path.toFile());
    } catch (RuntimeException e) {
      // What the decoders throw for some damaged files.
      throw new IOException("the image is damaged (" + e + ")", e);
    }
  }

  /**
   * Grey levels as they are in the file. {@code getRGB} would take them for linear light and change
   * them.
   */
  private static Picture grey(BufferedImage image) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    float toByte = 255f / ((1L << model.getComponentSize(0)) - 1);
    int[] row = new int[image.getWidth()];
    float[] values = new float[image.getWidth() * image.getHeight()];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getSamples(0, y, image.getWidth(), 1, 0, row);
      for (int x = 0; x < row.length; x++) {
        values[y * row.length + x] = row[x] * toByte;
      }
    }
    return new Picture(1, image.getHeight(), image.getWidth(), values);
  }

  private static Picture colour(BufferedImage image) {
    int width = image.getWidth();
    int plane = width * image.getHeight();
    float[] values = new float[3 * plane];
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        values[at] = row[x] >> 16 & 0xFF;
        values[plane + at] = row[x] >> 8 & 0xFF;
        values[2 * plane + at] = row[x] & 0xFF;
      }
    }
    return new Picture(3, image.getHeight(), width, values);
  }
}
