// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import io.pointwise.cli.image.ImageInput;
import io.pointwise.cli.image.ImageTensor;
import io.pointwise.cli.image.Preprocessing;
import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.UserFile;
import io.pointwise.cli.tensor.Conversion;
import io.pointwise.cli.tensor.TensorFile;
import io.pointwise.onnx.OnnxValue;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The files of one run.
 *
 * @param sources one for each input of the model
 */
record InputSet(List<Source> sources) {
  InputSet {
    sources = List.copyOf(sources);
  }

  /**
   * What an input is read from.
   *
   * @param value the input
   * @param files a tensor, or the images of a batch
   */
  record Source(OnnxValue value, List<String> files) {
    Source {
      files = List.copyOf(files);
    }

    TypedTensor read(Preprocessing preprocessing) {
      if (ImageTensor.isImage(files.getFirst())) {
        return ImageTensor.ofFiles(files, ImageInput.of(value), preprocessing);
      }
      String file = files.getFirst();
      TypedTensor tensor = TensorFile.read(file);
      requireShape(tensor.shape(), file);
      return Conversion.to(value.type(), tensor, file, value.name());
    }

    private void requireShape(Shape shape, String file) {
      if (!value.accepts(shape)) {
        throw CommandFailure.file(
            file
                + " holds "
                + shape
                + ", and input "
                + value.name()
                + " of the model takes "
                + Dims.text(value));
      }
    }
  }

  /** Reads all files. */
  List<TypedTensor> read(Preprocessing preprocessing) {
    return sources.stream().map(source -> source.read(preprocessing)).toList();
  }

  /** The files, for people. */
  String title() {
    return sources.stream()
        .flatMap(source -> source.files().stream())
        .collect(Collectors.joining(", "));
  }

  /**
   * Shares out files to runs: to a model of one input one file a run, or as many images as its
   * batch is fixed to; to others one file for each input.
   */
  static List<InputSet> of(List<OnnxValue> inputs, List<String> files) {
    files.forEach(InputSet::requireReadable);
    if (inputs.size() != 1) {
      if (files.size() != inputs.size()) {
        throw CommandFailure.usage(
            "the model takes "
                + inputs.size()
                + " inputs ("
                + inputs.stream().map(OnnxValue::name).collect(Collectors.joining(", "))
                + "), got "
                + files.size()
                + (files.size() == 1 ? " file" : " files"));
      }
      List<Source> sources = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        sources.add(new Source(inputs.get(i), List.of(files.get(i))));
      }
      return List.of(new InputSet(sources));
    }
    if (files.isEmpty()) {
      throw CommandFailure.usage("run on what? give an INPUT, or --idx-images with --idx-labels");
    }
    OnnxValue input = inputs.getFirst();
    int batch = files.stream().allMatch(ImageTensor::isImage) ? batch(input) : 1;
    if (files.size() % batch != 0) {
      throw CommandFailure.usage(
          "the model takes " + batch + " images at once, got " + files.size());
    }
    List<InputSet> sets = new ArrayList<>();
    for (int from = 0; from < files.size(); from += batch) {
      sets.add(new InputSet(List.of(new Source(input, files.subList(from, from + batch)))));
    }
    return sets;
  }

  private static int batch(OnnxValue input) {
    ImageInput image = ImageInput.of(input);
    return image.isBatchFree() ? 1 : Math.max(1, image.batch());
  }

  private static void requireReadable(String file) {
    UserFile.existing(file);
    if (!ImageTensor.isImage(file) && !TensorFile.isTensor(file)) {
      throw UserFile.unreadable(
          file, "inputs are images (.png, .jpg, .gif, .bmp) or tensors (.npy, .pb)");
    }
  }
}
