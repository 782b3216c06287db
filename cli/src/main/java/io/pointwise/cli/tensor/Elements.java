// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Elements of one type that lie one after the other, at any alignment.
 *
 * @param type of all
 * @param order of their bytes
 * @param bytes that hold them
 */
record Elements(NpyType type, ByteOrder order, MemorySegment bytes) {
  /** The numbers in the preamble of a file. */
  static final ValueLayout.OfShort SHORT = shorts(ByteOrder.LITTLE_ENDIAN);

  static final ValueLayout.OfInt INT = ints(ByteOrder.LITTLE_ENDIAN);

  private static ValueLayout.OfShort shorts(ByteOrder order) {
    return ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
  }

  private static ValueLayout.OfInt ints(ByteOrder order) {
    return ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
  }

  private static ValueLayout.OfLong longs(ByteOrder order) {
    return ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
  }

  /** A floating-point element. */
  double number(long index) {
    long at = index * type.bytes();
    return switch (type) {
      case FLOAT16 -> Float.float16ToFloat(bytes.get(shorts(order), at));
      case FLOAT32 -> Float.intBitsToFloat(bytes.get(ints(order), at));
      case FLOAT64 -> Double.longBitsToDouble(bytes.get(longs(order), at));
      default -> throw new IllegalStateException("elements are " + type);
    };
  }

  /** An integer or boolean element; an unsigned one of 64 bits by its bits. */
  long integer(long index) {
    long at = index * type.bytes();
    return switch (type) {
      case INT8 -> bytes.get(ValueLayout.JAVA_BYTE, at);
      case INT16 -> bytes.get(shorts(order), at);
      case INT32 -> bytes.get(ints(order), at);
      case INT64, UINT64 -> bytes.get(longs(order), at);
      case UINT8 -> Byte.toUnsignedLong(bytes.get(ValueLayout.JAVA_BYTE, at));
      case UINT16 -> Short.toUnsignedLong(bytes.get(shorts(order), at));
      case UINT32 -> Integer.toUnsignedLong(bytes.get(ints(order), at));
      case BOOL -> bytes.get(ValueLayout.JAVA_BYTE, at) == 0 ? 0 : 1;
      default -> throw new IllegalStateException("elements are " + type);
    };
  }

  void setNumber(long index, double value) {
    long at = index * type.bytes();
    switch (type) {
      case FLOAT16 -> bytes.set(shorts(order), at, Float.floatToFloat16((float) value));
      case FLOAT32 -> bytes.set(ints(order), at, Float.floatToRawIntBits((float) value));
      case FLOAT64 -> bytes.set(longs(order), at, Double.doubleToRawLongBits(value));
      default -> throw new IllegalStateException("elements are " + type);
    }
  }

  void setInteger(long index, long value) {
    long at = index * type.bytes();
    switch (type.bytes()) {
      case Byte.BYTES -> bytes.set(ValueLayout.JAVA_BYTE, at, (byte) value);
      case Short.BYTES -> bytes.set(shorts(order), at, (short) value);
      case Integer.BYTES -> bytes.set(ints(order), at, (int) value);
      default -> bytes.set(longs(order), at, value);
    }
  }
}
