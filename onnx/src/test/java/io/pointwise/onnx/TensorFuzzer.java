// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Entry point for the fuzzer: a tensor in its own file and as an initialiser, and its bytes as the
 * place of external data.
 */
public final class TensorFuzzer {
  private static Path folder = Path.of("");

  private TensorFuzzer() {}

  public static void fuzzerInitialize() throws IOException {
    LoadingOracle.warmUp();
    folder = Files.createTempDirectory(Path.of(""), "tensors").toAbsolutePath();
    Files.write(folder.resolve("w.bin"), new byte[64]);
  }

  /** A tensor to begin with. */
  static byte[] seed() {
    return TensorProto.newBuilder()
        .setDataType(ElementType.FLOAT.code())
        .addDims(2)
        .addFloatData(1)
        .addFloatData(2)
        .build()
        .toByteArray();
  }

  public static void fuzzerTestOneInput(byte[] data) {
    Path tensor = write("tensor.pb", data);
    LoadingOracle.check(data.length, () -> Onnx.readTensor(tensor));
    Path model = write("model.onnx", model(data));
    LoadingOracle.check(data.length, () -> Onnx.open(model, LoadingOracle.LIMITS));
  }

  /** The first line is the location, the others are offset and length. */
  private static byte[] model(byte[] data) {
    String[] lines = new String(data, StandardCharsets.UTF_8).split("\n", 4);
    String[] keys = {"location", "offset", "length", "checksum"};
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(ElementType.FLOAT.code())
            .addDims(2)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL);
    for (int i = 0; i < lines.length; i++) {
      tensor.addExternalData(
          StringStringEntryProto.newBuilder().setKey(keys[i]).setValue(lines[i]));
    }
    return TestModel.opset(13)
        .initialiser(tensor.build())
        .output("y", ElementType.FLOAT, 2)
        .node("Identity", "w", "y")
        .bytes();
  }

  private static Path write(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
