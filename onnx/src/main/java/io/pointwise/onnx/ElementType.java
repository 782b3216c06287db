// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.onnx;

import java.util.Locale;
import java.util.Optional;

/**
 * Type of a tensor's elements, with its number in ONNX files.
 *
 * <p>Plans compute in float32. {@code FLOAT16} and {@code BFLOAT16} are widened on reading.
 * Integers and booleans are carried as float32, which is exact below 2²⁴: what does not fit is
 * refused on the way in, and never comes out wrong. {@code DOUBLE} is only read, written and cast.
 */
public enum ElementType {
  FLOAT(1, "float32", 4),
  UINT8(2, "uint8", 1),
  INT8(3, "int8", 1),
  UINT16(4, "uint16", 2),
  INT16(5, "int16", 2),
  INT32(6, "int32", 4),
  INT64(7, "int64", 8),
  BOOL(9, "bool", 1),
  FLOAT16(10, "float16", 2),
  DOUBLE(11, "float64", 8),
  UINT32(12, "uint32", 4),
  UINT64(13, "uint64", 8),
  BFLOAT16(16, "bfloat16", 2);

  private final int code;
  private final String label;
  private final int bytes;

  ElementType(int code, String label, int bytes) {
    this.code = code;
    this.label = label;
    this.bytes = bytes;
  }

  /** The type of this number in ONNX files; empty for one that Pointwise has no tensors of. */
  public static Optional<ElementType> ofCode(int code) {
    for (ElementType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** What the number means, for types that Pointwise has no tensors of too. */
  public static String labelOf(int code) {
    return ofCode(code)
        .map(ElementType::label)
        .orElseGet(
            () ->
                switch (code) {
                  case 0 -> "undefined";
                  case 8 -> "string";
                  case 14 -> "complex64";
                  case 15 -> "complex128";
                  case 17, 18, 19, 20 -> "float8";
                  case 21 -> "uint4";
                  case 22 -> "int4";
                  case 23 -> "float4";
                  default -> "type " + code;
                });
  }

  /** Number in ONNX files. */
  public int code() {
    return code;
  }

  /** As {@code float32}. */
  public String label() {
    return label;
  }

  /** Size of an element in a file. */
  public int bytes() {
    return bytes;
  }

  /** Whether it is carried as float32 with its fractions: float32, float16 or bfloat16. */
  public boolean isFloat() {
    return this == FLOAT || this == FLOAT16 || this == BFLOAT16;
  }

  /** Whether it is a type of whole numbers, signed or not; booleans are not. */
  public boolean isInteger() {
    return !isFloat() && this != DOUBLE && this != BOOL;
  }

  /** Whether negative numbers exist in it. */
  public boolean isSigned() {
    return !label.startsWith("u") && this != BOOL;
  }

  @Override
  public String toString() {
    return label.toLowerCase(Locale.ROOT);
  }
}
