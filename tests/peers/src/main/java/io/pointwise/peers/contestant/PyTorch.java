// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.peers.contestant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;
import io.pointwise.peers.subject.LayerCase;
import io.pointwise.tensor.Tensor;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's convolution with bias, the functional call, through DJL.
 *
 * <p>A run is one call from Java: its way through JNI is part of it, as is the memory of the
 * output, which PyTorch takes anew in each call and here gives back before the next. The input lies
 * in the very memory that ours is computed from, and no output is copied to Java but in {@link
 * #output}. Where PyTorch chooses oneDNN, that reorders input, weights and output in each call:
 * arrays are plain NCHW here, and a call remembers nothing. Use from one thread.
 */
public final class PyTorch implements Contestant {
  public static final String NAME = "pytorch";

  private final ConvSpec spec;
  private final NDManager manager;
  private final NDArray input;
  private final NDArray weight;
  private final NDArray bias;
  private final Shape stride;
  private final Shape padding;
  private final Shape dilation;
  private @Nullable NDArray last;

  public PyTorch(LayerCase layer, int threads) {
    this.spec = layer.spec();
    if (!computes(spec)) {
      throw new IllegalArgumentException("PyTorch: pads alike on both sides, not " + spec.window());
    }
    Window window = spec.window();
    this.stride = new Shape(window.strideH(), window.strideW());
    this.padding = new Shape(window.padTop(), window.padLeft());
    this.dilation = new Shape(window.dilationH(), window.dilationW());
    this.manager = PyTorchEngine.open(threads);
    try {
      this.input = array(layer.input());
      this.weight = array(layer.weight());
      this.bias = array(layer.bias());
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** Whether the layer is one call: PyTorch pads both sides of an axis alike. */
  public static boolean computes(ConvSpec spec) {
    Window window = spec.window();
    return window.padTop() == window.padBottom() && window.padLeft() == window.padRight();
  }

  /** The library's version; loads the library. */
  public static String version() {
    return PyTorchEngine.engine().getVersion();
  }

  /** Over the tensor's own memory, which it keeps. */
  private NDArray array(Tensor tensor) {
    io.pointwise.tensor.Shape shape = tensor.shape();
    long[] dims = new long[shape.rank()];
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = shape.dim(axis);
    }
    return manager.create(
        tensor.memory().asByteBuffer().order(ByteOrder.nativeOrder()),
        new Shape(dims),
        DataType.FLOAT32);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run() {
    if (last != null) {
      last.close();
    }
    last =
        Conv2d.conv2d(input, weight, bias, stride, padding, dilation, spec.groups())
            .singletonOrThrow();
  }

  @Override
  public Tensor output() {
    if (last == null) {
      throw new IllegalStateException("PyTorch: no run yet");
    }
    FloatBuffer values = last.toByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    Tensor output = Tensor.zeros(spec.output());
    for (int i = 0; i < values.remaining(); i++) {
      output.set(i, values.get(i));
    }
    return output;
  }

  /** Releases all arrays, those of runs too. */
  @Override
  public void close() {
    manager.close();
  }
}
