// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.verify;

import io.pointwise.onnx.Onnx;
import io.pointwise.onnx.OnnxException;
import io.pointwise.onnx.OnnxModel;
import io.pointwise.onnx.OnnxValue;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;

/**
 * Inputs of a model and the outputs that it should give.
 *
 * @param name for people; empty where it is the only one
 * @param inputs what goes in
 * @param outputs files with what should come out, in the order of the model's outputs
 */
record DataSet(String name, Inputs inputs, List<Path> outputs) {
  DataSet {
    outputs = List.copyOf(outputs);
  }

  /** What goes in. */
  sealed interface Inputs {
    List<TypedTensor> of(OnnxModel model);
  }

  /** Tensors in files, in the order of the model's inputs. */
  record Files(List<Path> files) implements Inputs {
    @Override
    public List<TypedTensor> of(OnnxModel model) {
      return files.stream().map(Onnx::readTensor).toList();
    }
  }

  /** {@code i / n} for element {@code i} of {@code n}, in every input. */
  record Ramp() implements Inputs {
    @Override
    public List<TypedTensor> of(OnnxModel model) {
      return model.inputs().stream().map(Ramp::ramp).toList();
    }

    private static TypedTensor ramp(OnnxValue input) {
      Shape shape =
          input
              .shape()
              .orElseThrow(
                  () -> new OnnxException("input " + input + " has no shape to make values for"));
      Tensor tensor = Tensor.zeros(shape);
      for (long i = 0; i < shape.elements(); i++) {
        tensor.set(i, (float) ((double) i / shape.elements()));
      }
      return TypedTensor.of(tensor);
    }
  }

  List<TypedTensor> expected() {
    return outputs.stream().map(Onnx::readTensor).toList();
  }
}
