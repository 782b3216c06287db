// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.contestant;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.pointwise.peers.export.OnnxExport;
import io.pointwise.peers.subject.Subject;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * ONNX Runtime's CPU provider with all its optimisations. Input and output are in native memory
 * that it uses as it is: nothing is copied in a run.
 */
public final class OnnxRuntime implements Contestant {
  public static final String NAME = "onnxruntime";

  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;
  private final Tensor result;

  /** What {@link #close} closes, the last that was made first. */
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();

  /** Makes a session. */
  private interface Opening {
    OrtSession open(OrtEnvironment environment, OrtSession.SessionOptions options)
        throws OrtException;
  }

  private OnnxRuntime(Opening opening, Tensor from, int threads) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try {
      OrtSession.SessionOptions options = owned(new OrtSession.SessionOptions());
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      this.session = owned(opening.open(environment, options));
      String input = session.getInputNames().iterator().next();
      NodeInfo output = session.getOutputInfo().values().iterator().next();
      this.result = Tensor.zeros(shape((TensorInfo) output.getInfo()));
      this.inputs = Map.of(input, owned(tensor(environment, from)));
      this.outputs = Map.of(output.getName(), owned(tensor(environment, result)));
    } catch (OrtException | RuntimeException e) {
      try {
        close();
      } catch (RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e instanceof OrtException ort ? failure(ort) : (RuntimeException) e;
    }
  }

  private <T extends AutoCloseable> T owned(T made) {
    owned.push(made);
    return made;
  }

  /** A session for the subject's network, written as an ONNX model. */
  public static OnnxRuntime of(Subject subject, int threads) {
    byte[] model = OnnxExport.model(subject.network());
    return new OnnxRuntime(
        (environment, options) -> environment.createSession(model, options),
        subject.input(),
        threads);
  }

  /** A session for a model of one input and one output of fixed shapes. */
  public static OnnxRuntime ofFile(Path model, Tensor input, int threads) {
    return new OnnxRuntime(
        (environment, options) -> environment.createSession(model.toString(), options),
        input,
        threads);
  }

  /** The library's version; loads the library. */
  public static String version() {
    return OrtEnvironment.getEnvironment().getVersion();
  }

  private static Shape shape(TensorInfo info) {
    long[] dims = info.getShape();
    int[] whole = new int[dims.length];
    for (int axis = 0; axis < dims.length; axis++) {
      whole[axis] = Math.toIntExact(dims[axis]);
    }
    return Shape.of(whole);
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

  private static IllegalStateException failure(OrtException cause) {
    return new IllegalStateException("ONNX Runtime: " + cause.getMessage(), cause);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run() {
    try (OrtSession.Result _ = session.run(inputs, outputs)) {
      // The output is where it was asked for.
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  @Override
  public Tensor output() {
    return result;
  }

  @Override
  public void close() {
    RuntimeException first = null;
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        first =
            first == null ? new IllegalStateException("ONNX Runtime: " + e.getMessage(), e) : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
