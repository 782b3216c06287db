// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.util.Arrays;

/** A growing array of machine code. */
final class CodeBuffer {
  private byte[] bytes = new byte[1024];
  private int size;

  void add(int... values) {
    if (size + values.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + values.length);
    }
    for (int value : values) {
      bytes[size++] = (byte) value;
    }
  }

  void addInt(int value) {
    add(value, value >> 8, value >> 16, value >> 24);
  }

  void addLong(long value) {
    addInt((int) value);
    addInt((int) (value >> 32));
  }

  /** Bytes so far: where the next one goes. */
  int size() {
    return size;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }
}
