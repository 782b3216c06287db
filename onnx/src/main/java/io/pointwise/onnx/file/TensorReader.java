// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.file;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.pointwise.onnx.ElementType;
import io.pointwise.onnx.OnnxException;
import io.pointwise.onnx.TypedTensor;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Tensors of a file. Nothing is allocated by what a tensor declares before it was held against the
 * data that is there.
 */
public final class TensorReader {
  private static final ValueLayout.OfFloat FLOAT = little(ValueLayout.JAVA_FLOAT_UNALIGNED);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final ExternalData external;
  private final Budget budget;

  TensorReader(ExternalData external, Budget budget) {
    this.external = external;
    this.budget = budget;
  }

  /** For tensors that bring their own data. */
  public static TensorReader inline(Budget budget) {
    return new TensorReader(new ExternalData(null), budget);
  }

  private static ValueLayout.OfFloat little(ValueLayout.OfFloat layout) {
    return layout.withOrder(ByteOrder.LITTLE_ENDIAN);
  }

  /** Takes the memory of a tensor that is stored in another way. */
  void take(String what, ElementType type, Shape shape) {
    budget.take(what, type, shape);
  }

  /**
   * The tensor with its data.
   *
   * @param what it is, for the message: {@code initialiser conv1.weight}
   */
  public TypedTensor read(String what, TensorProto proto) {
    ElementType type =
        ElementType.ofCode(proto.getDataType())
            .orElseThrow(
                () ->
                    new OnnxException(
                        what
                            + " has elements of type "
                            + ElementType.labelOf(proto.getDataType())
                            + ", which is not supported"));
    if (proto.hasSegment()) {
      throw new OnnxException(what + " is stored in segments, which is not supported");
    }
    Shape shape = Dimensions.shape(what, proto.getDimsList());
    if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      return external(what, proto, type, shape);
    }
    int typed = typedCount(proto);
    if (proto.hasRawData()) {
      if (typed > 0) {
        throw new OnnxException(what + " has its data twice, raw and typed");
      }
      MemorySegment raw = MemorySegment.ofBuffer(proto.getRawData().asReadOnlyByteBuffer());
      requireBytes(what, type, shape, raw.byteSize());
      budget.take(what, type, shape);
      return raw(type, shape, raw);
    }
    if (typed != shape.elements()) {
      throw new OnnxException(
          what + " of shape " + shape + " needs " + shape.elements() + " elements, holds " + typed);
    }
    budget.take(what, type, shape);
    return typed(what, proto, type, shape);
  }

  private TypedTensor external(String what, TensorProto proto, ElementType type, Shape shape) {
    if (proto.hasRawData() || typedCount(proto) > 0) {
      throw new OnnxException(what + " has its data twice, here and in a file of its own");
    }
    budget.take(what, type, shape);
    TypedTensor[] read = new TypedTensor[1];
    external.read(
        what,
        proto,
        Math.multiplyExact(shape.elements(), (long) type.bytes()),
        data -> read[0] = raw(type, shape, data));
    return read[0];
  }

  private static int typedCount(TensorProto proto) {
    return proto.getFloatDataCount()
        + proto.getInt32DataCount()
        + proto.getInt64DataCount()
        + proto.getDoubleDataCount()
        + proto.getUint64DataCount()
        + proto.getStringDataCount();
  }

  private static void requireBytes(String what, ElementType type, Shape shape, long bytes) {
    // Divided, not multiplied: the product may overflow.
    if (bytes % type.bytes() != 0 || bytes / type.bytes() != shape.elements()) {
      throw new OnnxException(
          what
              + " of shape "
              + shape
              + " and type "
              + type
              + " needs "
              + shape.elements()
              + " elements of "
              + type.bytes()
              + " bytes, holds "
              + bytes
              + " bytes");
    }
  }

  private static TypedTensor raw(ElementType type, Shape shape, MemorySegment data) {
    if (type.isFloat()) {
      return TypedTensor.ofFloats(type, rawFloats(type, shape, data));
    }
    int count = (int) shape.elements();
    if (type == ElementType.DOUBLE) {
      double[] values = new double[count];
      MemorySegment.copy(data, DOUBLE, 0, values, 0, count);
      return TypedTensor.of(type, shape, values);
    }
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = rawInteger(type, data, i);
    }
    return TypedTensor.of(type, shape, values);
  }

  private static Tensor rawFloats(ElementType type, Shape shape, MemorySegment data) {
    Tensor tensor = Tensor.zeros(shape);
    if (type == ElementType.FLOAT) {
      MemorySegment.copy(
          data, FLOAT, 0, tensor.memory(), ValueLayout.JAVA_FLOAT, 0, shape.elements());
      return tensor;
    }
    for (long i = 0; i < shape.elements(); i++) {
      tensor.set(i, NarrowFloat.widen(type, data.getAtIndex(SHORT, i)));
    }
    return tensor;
  }

  private static long rawInteger(ElementType type, MemorySegment data, long i) {
    return switch (type) {
      case INT8 -> data.get(ValueLayout.JAVA_BYTE, i);
      case UINT8 -> Byte.toUnsignedLong(data.get(ValueLayout.JAVA_BYTE, i));
      case BOOL -> data.get(ValueLayout.JAVA_BYTE, i) == 0 ? 0 : 1;
      case INT16 -> data.getAtIndex(SHORT, i);
      case UINT16 -> Short.toUnsignedLong(data.getAtIndex(SHORT, i));
      case INT32 -> data.getAtIndex(INT, i);
      case UINT32 -> Integer.toUnsignedLong(data.getAtIndex(INT, i));
      case INT64, UINT64 -> data.getAtIndex(LONG, i);
      case FLOAT, FLOAT16, BFLOAT16, DOUBLE -> throw new IllegalArgumentException("not whole");
    };
  }

  private static TypedTensor typed(String what, TensorProto proto, ElementType type, Shape shape) {
    int count = (int) shape.elements();
    int found =
        switch (type) {
          case FLOAT -> proto.getFloatDataCount();
          case DOUBLE -> proto.getDoubleDataCount();
          case INT64 -> proto.getInt64DataCount();
          case UINT32, UINT64 -> proto.getUint64DataCount();
          case INT8, UINT8, INT16, UINT16, INT32, BOOL, FLOAT16, BFLOAT16 ->
              proto.getInt32DataCount();
        };
    if (found != count) {
      throw new OnnxException(what + " of type " + type + " has its data in another type's field");
    }
    if (type == ElementType.DOUBLE) {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = proto.getDoubleData(i);
      }
      return TypedTensor.of(type, shape, values);
    }
    if (type.isFloat()) {
      return TypedTensor.ofFloats(type, typedFloats(what, proto, type, shape));
    }
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (type) {
            case INT64 -> proto.getInt64Data(i);
            case UINT32, UINT64 -> proto.getUint64Data(i);
            default -> proto.getInt32Data(i);
          };
      requireInRange(what, type, values[i]);
    }
    return TypedTensor.of(type, shape, values);
  }

  private static Tensor typedFloats(String what, TensorProto proto, ElementType type, Shape shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < shape.elements(); i++) {
      if (type == ElementType.FLOAT) {
        tensor.set(i, proto.getFloatData(i));
      } else {
        int bits = proto.getInt32Data(i);
        if (bits < 0 || bits > 0xFFFF) {
          throw new OnnxException(
              what + " holds the bits " + bits + ", which are more than the 16 of type " + type);
        }
        tensor.set(i, NarrowFloat.widen(type, (short) bits));
      }
    }
    return tensor;
  }

  /** Narrow types are stored in wider fields. */
  private static void requireInRange(String what, ElementType type, long value) {
    int bits = type == ElementType.BOOL ? 1 : type.bytes() * Byte.SIZE;
    boolean fits =
        bits == Long.SIZE
            || (type.isSigned()
                ? value >= -(1L << (bits - 1)) && value < 1L << (bits - 1)
                : value >= 0 && value < 1L << bits);
    if (!fits) {
      throw new OnnxException(what + " holds " + value + ", which is outside the type " + type);
    }
  }
}
