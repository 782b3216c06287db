// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import io.pointwise.network.Network;
import io.pointwise.onnx.file.Budget;
import io.pointwise.onnx.file.ModelFile;
import io.pointwise.onnx.graph.Graph;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads ONNX models (opsets 6 to 25) and tensors.
 *
 * <pre>{@code
 * Network net = Onnx.load(Path.of("squeezenet.onnx"));
 * try (Device device = Devices.installed().open(policy, DeviceOptions.DEFAULT).device();
 *     Plan plan = Planner.plan(net, device)) {
 *   Tensor scores = plan.run(image);
 * }
 * }</pre>
 *
 * <p>Whatever is wrong with a file, or not supported, is told on loading by an {@link
 * OnnxException}.
 */
public final class Onnx {
  private Onnx() {}

  /**
   * The network of a model, weights included. Dynamic dimensions are taken as 1; for other sizes,
   * and for models with integer inputs, see {@link #open}.
   *
   * @throws OnnxException if the file cannot be read, or the model is not supported
   */
  public static Network load(Path file) {
    return open(file).network();
  }

  /**
   * A model, to be planned for inputs of any shape.
   *
   * @throws OnnxException if the file cannot be read, or the model is not supported
   */
  public static OnnxModel open(Path file) {
    return open(file, LoadLimits.DEFAULT);
  }

  /** As {@link #open(Path)}, with limits to the memory that loading may take. */
  public static OnnxModel open(Path file, LoadLimits limits) {
    Graph graph = ModelFile.read(file, limits, new Budget(limits));
    return new OnnxModel(graph, limits);
  }

  /**
   * A model in memory, which can have no external data.
   *
   * @param name of the model, for messages
   */
  public static OnnxModel open(String name, byte[] model, LoadLimits limits) {
    return new OnnxModel(ModelFile.read(name, model, limits, new Budget(limits)), limits);
  }

  /**
   * A tensor from a file that holds just that (ONNX TensorProto, {@code .pb}).
   *
   * @throws OnnxException if the file cannot be read
   */
  public static TypedTensor readTensor(Path file) {
    return ModelFile.readTensor(file, LoadLimits.DEFAULT);
  }

  /**
   * Writes a tensor as {@link #readTensor} reads it.
   *
   * @throws OnnxException if the file cannot be written
   */
  public static void writeTensor(Path file, String name, TypedTensor tensor) {
    try {
      ModelFile.writeTensor(file, name, tensor);
    } catch (IOException e) {
      throw new OnnxException(file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
