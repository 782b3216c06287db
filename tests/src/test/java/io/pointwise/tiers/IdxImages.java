// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.tiers;

import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Reads grey images from a gzipped file in the idx format of the MNIST database. */
final class IdxImages {
  /** Unsigned bytes in three dimensions. */
  private static final int MAGIC = 0x00000803;

  private IdxImages() {}

  /**
   * The first image, from 0 (background) to 1, repeated in every channel of a shape as large or
   * larger, centred.
   */
  static Tensor first(Path file, Shape shape) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      if (in.readInt() != MAGIC || in.readInt() < 1) {
        throw new IOException(file + " holds no idx images");
      }
      int height = in.readInt();
      int width = in.readInt();
      byte[] pixels = in.readNBytes(height * width);
      Tensor tensor = Tensor.zeros(shape);
      int top = (shape.dim(2) - height) / 2;
      int left = (shape.dim(3) - width) / 2;
      for (int plane = 0; plane < shape.dim(0) * shape.dim(1); plane++) {
        for (int i = 0; i < pixels.length; i++) {
          int row = top + i / width;
          int column = left + i % width;
          tensor.set(
              ((long) plane * shape.dim(2) + row) * shape.dim(3) + column,
              (pixels[i] & 0xFF) / 255f);
        }
      }
      return tensor;
    }
  }
}
