// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx.file;

import io.pointwise.onnx.ElementType;

/** The floating-point types of 16 bits: float16 (IEEE binary16) and bfloat16 (half a float32). */
public final class NarrowFloat {
  private NarrowFloat() {}

  /** The bits of the nearest number of the type, the even one of two; NaN stays one. */
  public static short bits(ElementType type, float value) {
    if (type == ElementType.FLOAT16) {
      return Float.floatToFloat16(value);
    }
    int bits = Float.floatToIntBits(value);
    int upper = bits >>> 16;
    if (Float.isNaN(value)) {
      return (short) (upper | 0x40);
    }
    return (short) ((bits + 0x7FFF + (upper & 1)) >>> 16);
  }

  /** The number that these bits are in the type. */
  public static float widen(ElementType type, short bits) {
    return type == ElementType.FLOAT16
        ? Float.float16ToFloat(bits)
        : Float.intBitsToFloat(bits << 16);
  }

  /** The nearest number of the type; float32 is as it is. */
  public static float round(ElementType type, float value) {
    return type == ElementType.FLOAT ? value : widen(type, bits(type, value));
  }
}
