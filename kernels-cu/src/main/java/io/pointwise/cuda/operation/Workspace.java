// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cuda.operation;

/** Scratch memory of a step that has two uses at once: an image first, then cuDNN's. */
final class Workspace {
  private static final long ALIGNMENT = 256;

  private Workspace() {}

  /** Bytes of an image of so many elements, with what aligns the next thing. */
  static long image(long elements) {
    return Math.ceilDiv(elements * Float.BYTES, ALIGNMENT) * ALIGNMENT;
  }
}
