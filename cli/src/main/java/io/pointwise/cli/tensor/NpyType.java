// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.tensor;

import io.pointwise.onnx.ElementType;
import java.util.Arrays;
import java.util.Optional;

/** Element types of npy files that are element types of ONNX too. */
enum NpyType {
  FLOAT16("f2", ElementType.FLOAT16),
  FLOAT32("f4", ElementType.FLOAT),
  FLOAT64("f8", ElementType.DOUBLE),
  INT8("i1", ElementType.INT8),
  INT16("i2", ElementType.INT16),
  INT32("i4", ElementType.INT32),
  INT64("i8", ElementType.INT64),
  UINT8("u1", ElementType.UINT8),
  UINT16("u2", ElementType.UINT16),
  UINT32("u4", ElementType.UINT32),
  UINT64("u8", ElementType.UINT64),
  BOOL("b1", ElementType.BOOL);

  private final String code;
  private final ElementType type;

  NpyType(String code, ElementType type) {
    this.code = code;
    this.type = type;
  }

  /** Kind and bytes an element, as after the byte order in {@code descr}. */
  String code() {
    return code;
  }

  ElementType type() {
    return type;
  }

  /** Bytes an element. */
  int bytes() {
    return code.charAt(1) - '0';
  }

  static Optional<NpyType> ofCode(String code) {
    return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
  }

  static Optional<NpyType> of(ElementType type) {
    return Arrays.stream(values()).filter(each -> each.type == type).findFirst();
  }
}
