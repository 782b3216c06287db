// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.file;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.pointwise.onnx.LoadLimits;
import io.pointwise.onnx.OnnxException;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.onnx.graph.Graph;
import io.pointwise.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A model file, or a file with one tensor. */
public final class ModelFile {
  private ModelFile() {}

  /**
   * Reads a model's graph.
   *
   * @param budget for its tensors
   */
  public static Graph read(Path file, LoadLimits limits, Budget budget) {
    try (Arena arena = Arena.ofConfined()) {
      ByteString bytes = bytes(file, limits.fileBytes(), arena);
      return parse(
          String.valueOf(file.getFileName()), bytes, file.toAbsolutePath().getParent(), budget);
    }
  }

  /** Reads a model's graph from memory. It can have no external data. */
  public static Graph read(String name, byte[] bytes, LoadLimits limits, Budget budget) {
    if (bytes.length > limits.fileBytes()) {
      throw tooLarge(name, bytes.length, limits.fileBytes());
    }
    return parse(name, UnsafeByteOperations.unsafeWrap(bytes), null, budget);
  }

  private static Graph parse(String name, ByteString bytes, @Nullable Path folder, Budget budget) {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(input(bytes));
    } catch (IOException e) {
      throw notProtobuf(name, "a model", e);
    }
    if (!model.hasGraph()) {
      throw new OnnxException(name + " is not an ONNX model: it has no graph");
    }
    return new GraphReader(new TensorReader(new ExternalData(folder), budget)).read(name, model);
  }

  /** Reads a file with one tensor. */
  public static TypedTensor readTensor(Path file, LoadLimits limits) {
    try (Arena arena = Arena.ofConfined()) {
      ByteString bytes = bytes(file, limits.fileBytes(), arena);
      TensorProto proto = TensorProto.parseFrom(input(bytes));
      TensorReader reader = new TensorReader(new ExternalData(null), new Budget(limits));
      return reader.read("tensor " + file.getFileName(), proto);
    } catch (IOException e) {
      throw notProtobuf(file.toString(), "a tensor", e);
    }
  }

  /** Writes a file with one tensor. */
  public static void writeTensor(Path file, String name, TypedTensor tensor) throws IOException {
    Files.write(file, TensorWriter.write(name, tensor).toByteArray());
  }

  /** Over the bytes as they are: weights stay where they lie until they are copied to tensors. */
  private static CodedInputStream input(ByteString bytes) {
    CodedInputStream input = bytes.newCodedInput();
    input.enableAliasing(true);
    return input;
  }

  /**
   * A file's bytes in memory of the arena: it is gone as soon as the weights have been copied out,
   * where an array of the size of a model would stay until the garbage collector sees a need.
   */
  private static ByteString bytes(Path file, long limit, Arena arena) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new OnnxException(
            file + (Files.exists(file) ? " is not a file" : ": there is no such file"));
      }
      long size = Files.size(file);
      if (size > limit) {
        throw tooLarge(file.toString(), size, limit);
      }
      ByteBuffer buffer = arena.allocate(size, Tensor.ALIGNMENT).asByteBuffer();
      try (FileChannel channel = FileChannel.open(file)) {
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
          // Until it is full, or the file has become shorter.
        }
      }
      return UnsafeByteOperations.unsafeWrap(buffer.flip());
    } catch (NoSuchFileException e) {
      throw new OnnxException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new OnnxException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static OnnxException tooLarge(String name, long size, long limit) {
    return new OnnxException(name + " has " + size + " bytes, over the limit of " + limit);
  }

  private static OnnxException notProtobuf(String name, String what, IOException e) {
    String message = e instanceof InvalidProtocolBufferException ? e.getMessage() : e.toString();
    return new OnnxException(
        name + " is not " + what + ", or is truncated: it is no protobuf: " + message, e);
  }
}
