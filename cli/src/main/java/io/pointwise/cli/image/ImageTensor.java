// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.image;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.tensor.Conversion;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Batches of images as the tensors that a model takes. */
public final class ImageTensor {
  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp");

  private ImageTensor() {}

  /** Whether the ending is that of an image. */
  public static boolean isImage(String file) {
    return ENDINGS.contains(file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  /** The images of these files. */
  public static TypedTensor ofFiles(
      List<String> files, ImageInput input, Preprocessing preprocessing) {
    List<Picture> pictures = new ArrayList<>();
    for (String file : files) {
      Picture picture = preprocessing.fit(ImageFile.read(file), input, file);
      requireLike(pictures.isEmpty() ? picture : pictures.getFirst(), picture, file);
      pictures.add(picture);
    }
    String source = String.join(", ", files);
    return Conversion.to(
        input.type(), of(pictures, pictures.size(), input, preprocessing), source, input.name());
  }

  private static void requireLike(Picture first, Picture picture, String file) {
    if (!first.size().equals(picture.size()) || first.channels() != picture.channels()) {
      throw CommandFailure.file(
          file
              + " is "
              + picture.size()
              + " with "
              + picture.channels()
              + " channels, and another image of its batch "
              + first.size()
              + " with "
              + first.channels());
    }
  }

  /**
   * Grey images of one size.
   *
   * @param bytes the images one after the other, rows from the top
   * @param from the first image
   * @param count images, at least 1
   * @param batch images in the tensor; what {@code count} leaves is zero
   * @param source for people
   */
  public static TypedTensor ofBytes(
      GreyImages bytes,
      int from,
      int count,
      int batch,
      ImageInput input,
      Preprocessing preprocessing,
      String source) {
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pictures.add(preprocessing.fit(bytes.picture(from + i), input, source));
    }
    return Conversion.to(
        input.type(), of(pictures, batch, input, preprocessing), source, input.name());
  }

  private static TypedTensor of(
      List<Picture> pictures, int batch, ImageInput input, Preprocessing preprocessing) {
    Shape shape = input.shape(batch, pictures.getFirst());
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < pictures.size(); i++) {
      preprocessing.write(pictures.get(i), input, tensor, i);
    }
    return TypedTensor.of(tensor);
  }
}
