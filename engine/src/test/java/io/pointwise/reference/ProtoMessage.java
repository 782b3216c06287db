// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.reference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A protobuf message read without its schema: the values of each field by number, as the wire
 * format gives them (Protocol Buffers documentation, "Encoding"). Integers and fixed numbers are
 * {@code Long}s of their bits, all else is bytes.
 */
final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final Map<Integer, List<Long>> numbers = new TreeMap<>();
  private final Map<Integer, List<ByteBuffer>> bytes = new TreeMap<>();

  ProtoMessage(ByteBuffer source) {
    ByteBuffer in = source.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long key = varint(in);
      int field = (int) (key >>> 3);
      switch ((int) (key & 7)) {
        case VARINT -> add(numbers, field, varint(in));
        case FIXED64 -> add(numbers, field, in.getLong());
        case FIXED32 -> add(numbers, field, (long) in.getInt());
        case BYTES -> {
          int length = (int) varint(in);
          add(bytes, field, in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN));
          in.position(in.position() + length);
        }
        default -> throw new IllegalArgumentException("wire type " + (key & 7));
      }
    }
  }

  private static <T> void add(Map<Integer, List<T>> map, int field, T value) {
    map.computeIfAbsent(field, _ -> new ArrayList<>()).add(value);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  /** A number, or {@code otherwise} if the field is not there. */
  long number(int field, long otherwise) {
    List<Long> values = numbers.getOrDefault(field, List.of());
    return values.isEmpty() ? otherwise : values.getLast();
  }

  /** Repeated integers, packed or not. */
  long[] integers(int field) {
    List<Long> values = new ArrayList<>(numbers.getOrDefault(field, List.of()));
    for (ByteBuffer packed : blobs(field)) {
      while (packed.hasRemaining()) {
        values.add(varint(packed));
      }
    }
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  /** Repeated float32, packed or not. */
  float[] floats(int field) {
    List<Float> values = new ArrayList<>();
    numbers
        .getOrDefault(field, List.of())
        .forEach(bits -> values.add(Float.intBitsToFloat(bits.intValue())));
    for (ByteBuffer packed : blobs(field)) {
      while (packed.hasRemaining()) {
        values.add(packed.getFloat());
      }
    }
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  String string(int field) {
    List<String> values = strings(field);
    return values.isEmpty() ? "" : values.getLast();
  }

  List<String> strings(int field) {
    return blobs(field).stream()
        .map(blob -> StandardCharsets.UTF_8.decode(blob).toString())
        .toList();
  }

  List<ProtoMessage> messages(int field) {
    return blobs(field).stream().map(ProtoMessage::new).toList();
  }

  List<ByteBuffer> blobs(int field) {
    return bytes.getOrDefault(field, List.of()).stream()
        .map(blob -> blob.duplicate().order(ByteOrder.LITTLE_ENDIAN))
        .toList();
  }
}
