// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import com.sun.management.ThreadMXBean;
import io.pointwise.tensor.Shape;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for any bytes that are taken for a file: only {@link OnnxException} is thrown,
 * soon, and memory is taken in proportion to the file and the limits.
 */
final class LoadingOracle {
  static final LoadLimits LIMITS = new LoadLimits(1 << 20, 8 << 20);

  /**
   * A file should take a second at most; on a machine that does other things as well, and with code
   * that is instrumented, only what takes much longer is a failure.
   */
  private static final long MOST_NANOSECONDS = 10_000_000_000L;

  /**
   * Messages of the file as objects (an empty node is two bytes of the file), the tensors of the
   * limit twice (as read, and as 64-bit numbers computed from them), and what planning needs
   * besides.
   */
  private static final long BYTES_PER_FILE_BYTE = 2048;

  private static final long MOST_BYTES = 512L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private LoadingOracle() {}

  /** Something that may throw an {@link OnnxException}. */
  interface Loading {
    void load();
  }

  /** Loads most classes, so that the time and memory of that are no file's. */
  static void warmUp() {
    TestModel model =
        TestModel.opset(13)
            .input("x", ElementType.FLOAT, 1, 1, -1, -1)
            .initialiser("w", Tensors.counting(2, 1, 3, 3))
            .initialiser("s", Tensors.int64(0, -1))
            .openOutput("z", ElementType.FLOAT)
            .node("Conv", "x,w", "c", TestModel.ints("pads", 1, 1, 1, 1))
            .node("Reshape", "c,s", "y")
            .node("Add", "y,y", "z");
    byte[] bytes = model.bytes();
    for (int i = 0; i < 3; i++) {
      try {
        Onnx.open("warm.onnx", bytes, LIMITS).network();
      } catch (OnnxException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Loads a model, and makes networks of it for two sizes. */
  static void model(byte[] file) {
    check(
        file.length,
        () -> {
          OnnxModel model = Onnx.open("fuzz.onnx", file, LIMITS);
          model.operators();
          if (model.fixedInputs().isEmpty()) {
            model.network();
            Map<String, Shape> shapes = new HashMap<>();
            for (OnnxValue input : model.inputs()) {
              shapes.put(input.name(), sized(input));
            }
            model.network(shapes);
          }
        });
  }

  /** The shape with 3 for each dynamic dimension. */
  private static Shape sized(OnnxValue input) {
    int[] dims = input.dims().stream().mapToInt(dim -> dim.isDynamic() ? 3 : dim.size()).toArray();
    try {
      return Shape.of(dims);
    } catch (IllegalArgumentException e) {
      throw new OnnxException("no such shape", e);
    }
  }

  /** Twice where it was too much: the first time may have loaded and instrumented classes. */
  static void check(long fileBytes, Loading loading) {
    if (excess(fileBytes, loading) != null) {
      String excess = excess(fileBytes, loading);
      if (excess != null) {
        throw new AssertionError(excess);
      }
    }
  }

  /** What was too much; null if nothing was. */
  private static @Nullable String excess(long fileBytes, Loading loading) {
    long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
    long timeBefore = System.nanoTime();
    try {
      loading.load();
    } catch (OnnxException e) {
      if (String.valueOf(e.getMessage()).isBlank()) {
        throw new AssertionError("an OnnxException without a message", e);
      }
    }
    long time = System.nanoTime() - timeBefore;
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
    if (time > MOST_NANOSECONDS) {
      return "took " + time / 1_000_000 + " ms";
    }
    return bytes > MOST_BYTES + fileBytes * BYTES_PER_FILE_BYTE
        ? "allocated " + bytes + " bytes for a file of " + fileBytes
        : null;
  }
}
