// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.explain;

import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.UserFile;
import io.pointwise.network.Network;
import io.pointwise.onnx.Onnx;
import io.pointwise.onnx.OnnxModel;
import io.pointwise.onnx.OnnxValue;
import io.pointwise.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An ONNX model as a network of known shapes. */
final class ModelShapes {
  private static final Pattern INPUT = Pattern.compile("(.+)=([0-9]{1,9}(?:[x×][0-9]{1,9})*)");

  private ModelShapes() {}

  /**
   * The network of a model. Dimensions that it leaves open are 1 where nothing else is said.
   *
   * @param given shapes as {@code NAME=1x3x224x224}
   * @param batch the first dimension of inputs that leave it open
   */
  static Network network(String file, List<String> given, int batch) {
    OnnxModel model = Onnx.open(UserFile.existing(file));
    if (!model.fixedInputs().isEmpty()) {
      throw CommandFailure.file(
          file
              + " cannot be explained by shapes alone: the values of its inputs "
              + model.fixedInputs()
              + " decide what is computed");
    }
    Map<String, Shape> shapes = new LinkedHashMap<>();
    if (batch != 1) {
      model.inputs().forEach(input -> shapes.put(input.name(), withBatch(file, input, batch)));
    }
    given.forEach(text -> put(text, model, shapes));
    return model.network(shapes);
  }

  private static Shape withBatch(String file, OnnxValue input, int batch) {
    List<OnnxValue.Dim> dims = input.dims();
    if (dims.isEmpty() || !dims.getFirst().isDynamic()) {
      throw CommandFailure.usage(
          "--batch=" + batch + ": " + file + " leaves no batch open in its input " + input);
    }
    return Shape.of(
        Stream.concat(Stream.of(batch), dims.stream().skip(1).map(dim -> Math.max(1, dim.size())))
            .mapToInt(Integer::intValue)
            .toArray());
  }

  private static void put(String text, OnnxModel model, Map<String, Shape> shapes) {
    Matcher matcher = INPUT.matcher(text);
    if (!matcher.matches()) {
      throw CommandFailure.usage("--input=" + text + " must be as NAME=1x3x224x224");
    }
    String name = matcher.group(1);
    OnnxValue input =
        model.inputs().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "--input="
                            + text
                            + ": the model has no input "
                            + name
                            + ", only "
                            + model.inputs()));
    Shape shape =
        Shape.of(
            Stream.of(matcher.group(2).split("[x×]", -1)).mapToInt(Integer::parseInt).toArray());
    if (!input.accepts(shape)) {
      throw CommandFailure.usage("--input=" + text + ": the model's input is " + input);
    }
    shapes.put(name, shape);
  }
}
