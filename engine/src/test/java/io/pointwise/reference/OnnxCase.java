// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of ONNX's backend cases with a single operator: the node, its inputs and the output that the
 * publisher expects. Field numbers are those of onnx.proto.
 *
 * @param opset version of the operator set
 * @param inputs one a name in the node's list, empty where the name is; values that are not float32
 *     are not here
 * @param integers int64 inputs by position
 */
record OnnxCase(
    String name,
    int opset,
    String operator,
    Map<String, ProtoMessage> attributes,
    List<Optional<Tensor>> inputs,
    Map<Integer, long[]> integers,
    Tensor expected) {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  /** The case in a folder; empty if it is not one operator with a float32 output. */
  static Optional<OnnxCase> read(Path folder) {
    try {
      ProtoMessage model = read(folder, "model.onnx");
      ProtoMessage graph = model.messages(7).getFirst();
      Path data = folder.resolve("test_data_set_0");
      if (graph.messages(1).size() != 1 || !Files.exists(data.resolve("output_0.pb"))) {
        return Optional.empty();
      }
      ProtoMessage node = graph.messages(1).getFirst();
      ProtoMessage output = read(data, "output_0.pb");
      if (type(output) != FLOAT) {
        return Optional.empty();
      }
      Map<String, ProtoMessage> attributes = new HashMap<>();
      node.messages(5).forEach(attribute -> attributes.put(attribute.string(1), attribute));
      Map<String, ProtoMessage> values = values(graph, data);
      List<String> names = node.strings(1);
      Map<Integer, long[]> integers = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        ProtoMessage value = values.get(names.get(i));
        if (value != null && type(value) == INT64) {
          integers.put(i, integers(value));
        }
      }
      List<Optional<Tensor>> inputs =
          names.stream().map(values::get).map(OnnxCase::floats).toList();
      String name = folder.subpath(folder.getNameCount() - 2, folder.getNameCount()).toString();
      return Optional.of(
          new OnnxCase(
              name,
              opset(model),
              node.string(4),
              attributes,
              inputs,
              integers,
              floats(output).orElseThrow()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, ProtoMessage> values(ProtoMessage graph, Path data)
      throws IOException {
    Map<String, ProtoMessage> values = new HashMap<>();
    graph.messages(5).forEach(initializer -> values.put(initializer.string(8), initializer));
    Set<String> initializers = new HashSet<>(values.keySet());
    int next = 0;
    for (ProtoMessage input : graph.messages(11)) {
      if (!initializers.contains(input.string(1))) {
        values.put(input.string(1), read(data, "input_" + next++ + ".pb"));
      }
    }
    return values;
  }

  private static ProtoMessage read(Path folder, String file) throws IOException {
    return new ProtoMessage(ByteBuffer.wrap(Files.readAllBytes(folder.resolve(file))));
  }

  private static int opset(ProtoMessage model) {
    for (ProtoMessage set : model.messages(8)) {
      if (set.string(1).isEmpty()) {
        return (int) set.number(2, 1);
      }
    }
    return 1;
  }

  private static long type(ProtoMessage tensor) {
    return tensor.number(2, 0);
  }

  private static long[] integers(ProtoMessage tensor) {
    List<ByteBuffer> raw = tensor.blobs(9);
    if (raw.isEmpty()) {
      return tensor.integers(7);
    }
    long[] values = new long[raw.getFirst().remaining() / Long.BYTES];
    raw.getFirst().asLongBuffer().get(values);
    return values;
  }

  private static Optional<Tensor> floats(@Nullable ProtoMessage tensor) {
    if (tensor == null || type(tensor) != FLOAT) {
      return Optional.empty();
    }
    long[] dims = tensor.integers(1);
    int[] shape = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      shape[i] = Math.toIntExact(dims[i]);
    }
    float[] values = tensor.floats(4);
    List<ByteBuffer> raw = tensor.blobs(9);
    if (!raw.isEmpty()) {
      values = new float[raw.getFirst().remaining() / Float.BYTES];
      raw.getFirst().asFloatBuffer().get(values);
    }
    return Optional.of(Tensor.of(Shape.of(shape), values));
  }

  /** The float32 input at this place, if there is one. */
  Optional<Tensor> input(int place) {
    return place < inputs.size() ? inputs.get(place) : Optional.empty();
  }

  long integer(String attribute, long otherwise) {
    ProtoMessage message = attributes.get(attribute);
    return message == null ? otherwise : message.number(3, otherwise);
  }

  float real(String attribute, float otherwise) {
    ProtoMessage message = attributes.get(attribute);
    return message == null
        ? otherwise
        : Float.intBitsToFloat((int) message.number(2, Float.floatToIntBits(0)));
  }

  String text(String attribute, String otherwise) {
    ProtoMessage message = attributes.get(attribute);
    return message == null ? otherwise : message.string(4);
  }

  /** Integers of an attribute, or {@code otherwise}. */
  int[] integers(String attribute, int... otherwise) {
    ProtoMessage message = attributes.get(attribute);
    if (message == null) {
      return otherwise;
    }
    long[] values = message.integers(8);
    int[] result = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = Math.toIntExact(values[i]);
    }
    return result;
  }

  @Override
  public String toString() {
    return name;
  }
}
