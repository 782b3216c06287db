// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * ONNX Runtime's CPU provider. Input and output are in native memory that it uses as it is: nothing
 * is copied or allocated in a run.
 */
final class OnnxRuntime implements Contestant {
  private final OrtSession.SessionOptions options;
  private final OrtSession session;
  private final OnnxTensor input;
  private final OnnxTensor output;
  private final Tensor result;

  OnnxRuntime(LayerCase layer, int threads) {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      this.options = new OrtSession.SessionOptions();
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      this.session = environment.createSession(OnnxConv.model(layer), options);
      this.input = tensor(environment, layer.input());
      this.result = Tensor.zeros(layer.spec().output());
      this.output = tensor(environment, result);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
  }

  /** The library's version. */
  static String version() {
    return OrtEnvironment.getEnvironment().getVersion();
  }

  private static OnnxTensor tensor(OrtEnvironment environment, Tensor tensor) throws OrtException {
    FloatBuffer buffer =
        tensor.memory().asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    Shape shape = tensor.shape();
    long[] dims = new long[shape.rank()];
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = shape.dim(axis);
    }
    return OnnxTensor.createTensor(environment, buffer, dims);
  }

  @Override
  public String name() {
    return "onnxruntime";
  }

  @Override
  public void run() {
    try (OrtSession.Result _ =
        session.run(Map.of(OnnxConv.INPUT, input), Map.of(OnnxConv.OUTPUT, output))) {
      // The output is where it was asked for.
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }
  }

  @Override
  public Tensor output() {
    return result;
  }

  @Override
  public void close() {
    try {
      output.close();
      input.close();
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    } finally {
      options.close();
    }
  }
}
