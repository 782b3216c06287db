// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.image;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.OnnxValue;
import io.pointwise.tensor.Shape;
import java.util.List;

/**
 * An input of a model that takes images; what the model leaves free is {@value #FREE}.
 *
 * @param name of the input
 * @param type of its elements
 * @param arrangement of its dimensions
 * @param batch images at once
 * @param channels 1 or 3
 * @param height in pixels
 * @param width in pixels; in a flat arrangement the pixels of an image
 */
public record ImageInput(
    String name,
    ElementType type,
    Arrangement arrangement,
    int batch,
    int channels,
    int height,
    int width) {
  /** What the model does not fix. */
  static final int FREE = -1;

  private static final int COLOUR = 3;

  /** What the dimensions mean, outermost first. */
  enum Arrangement {
    /** Batch, channels, rows, columns. */
    NCHW,
    /** Batch, rows, columns, channels. */
    NHWC,
    /** Channels, rows, columns of one image. */
    CHW,
    /** Batch, rows, columns of grey images. */
    NHW,
    /** Batch, pixels of grey images row by row. */
    FLAT
  }

  /**
   * Tells from the dimensions how an input takes images: of rank 4 with 1 or 3 channels at place 1
   * or else 3, of rank 3 colour planes or grey images, of rank 2 grey images row by row.
   */
  public static ImageInput of(OnnxValue value) {
    List<Integer> dims = value.dims().stream().map(OnnxValue.Dim::size).toList();
    return switch (dims.size()) {
      case 4 -> {
        boolean planes = isChannels(dims.get(1));
        if (!planes && isChannels(dims.get(3))) {
          yield image(value, Arrangement.NHWC, dims.get(0), dims.get(3), dims.get(1), dims.get(2));
        }
        if (!planes && dims.get(1) != FREE) {
          throw refuse(value);
        }
        yield image(value, Arrangement.NCHW, dims.get(0), dims.get(1), dims.get(2), dims.get(3));
      }
      case 3 ->
          dims.get(0) == COLOUR
              ? image(value, Arrangement.CHW, 1, COLOUR, dims.get(1), dims.get(2))
              : image(value, Arrangement.NHW, dims.get(0), 1, dims.get(1), dims.get(2));
      case 2 -> image(value, Arrangement.FLAT, dims.get(0), 1, 1, dims.get(1));
      default -> throw refuse(value);
    };
  }

  private static ImageInput image(
      OnnxValue value, Arrangement arrangement, int batch, int channels, int height, int width) {
    return new ImageInput(value.name(), value.type(), arrangement, batch, channels, height, width);
  }

  private static boolean isChannels(int dim) {
    return dim == 1 || dim == COLOUR;
  }

  private static CommandFailure refuse(OnnxValue value) {
    return CommandFailure.file("input " + value + " of the model takes no images; give a tensor");
  }

  /** Whether the model leaves the number of images free. */
  public boolean isBatchFree() {
    return batch == FREE;
  }

  /** The shape of a batch of images of this size. */
  Shape shape(int images, Picture picture) {
    int c = picture.channels();
    int h = picture.height();
    int w = picture.width();
    return switch (arrangement) {
      case NCHW -> Shape.of(images, c, h, w);
      case NHWC -> Shape.of(images, h, w, c);
      case CHW -> Shape.of(c, h, w);
      case NHW -> Shape.of(images, h, w);
      case FLAT -> Shape.of(images, h * w);
    };
  }

  /** Row-major position of an element in such a shape. */
  long position(Picture picture, int image, int channel, int pixel) {
    long c = picture.channels();
    long plane = picture.plane();
    return arrangement == Arrangement.NHWC
        ? (image * plane + pixel) * c + channel
        : (image * c + channel) * plane + pixel;
  }

  /** The picture with the channels that the model takes. */
  Picture withChannels(Picture picture) {
    return channels == FREE ? picture : picture.withChannels(channels);
  }

  /** Fails unless the model takes images of this size. */
  void requireSize(Picture picture, String source) {
    if (arrangement == Arrangement.FLAT) {
      int pixels = picture.plane();
      if (width != FREE && width != pixels) {
        throw CommandFailure.file(
            source
                + " has "
                + pixels
                + " pixels ("
                + picture.size()
                + "), and the model takes "
                + width);
      }
      return;
    }
    boolean fits =
        (height == FREE || height == picture.height())
            && (width == FREE || width == picture.width());
    if (!fits) {
      throw CommandFailure.file(
          source
              + " is "
              + picture.size()
              + ", and the model takes "
              + free(width)
              + "×"
              + free(height)
              + "; --resize "
              + (width == FREE ? picture.width() : width)
              + "x"
              + (height == FREE ? picture.height() : height)
              + " makes it fit");
    }
  }

  private static String free(int size) {
    return size == FREE ? "any" : String.valueOf(size);
  }
}
