// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.layer.ConvSpec;
import io.pointwise.layer.Window;

/**
 * How a convolution's input lies in memory: planes of channels (NCHW) or of blocks of channels
 * (NCHWc), with their padding where it is in memory.
 *
 * @param block channels of a plane, next to each other at each position
 * @param count planes of an image
 * @param height rows of a plane
 * @param width positions of a row
 */
record Planes(int block, int count, int height, int width) {
  /** The input as it comes, in blocks of {@code block} channels; 1 for NCHW. */
  static Planes of(ConvSpec spec, int block) {
    return new Planes(block, Math.ceilDiv(spec.ic(), block), spec.ih(), spec.iw());
  }

  /** The same with the window's padding around it. */
  Planes padded(Window window) {
    return new Planes(
        block,
        count,
        height + window.padTop() + window.padBottom(),
        width + window.padLeft() + window.padRight());
  }

  /** Bytes from one position to the next. */
  long position() {
    return (long) block * Float.BYTES;
  }

  /** Bytes from one row to the next. */
  long row() {
    return width * position();
  }

  /** Bytes from one plane to the next. */
  long plane() {
    return height * row();
  }

  /** Bytes of an image. */
  long image() {
    return count * plane();
  }
}
