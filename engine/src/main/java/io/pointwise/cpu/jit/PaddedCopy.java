// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import io.pointwise.cpu.Workers;
import io.pointwise.layer.Window;
import java.lang.foreign.MemorySegment;

/**
 * Copies planes with zeros around them, so that windows need not know where the input ends.
 *
 * @param source planes as they come
 * @param window whose padding is added
 */
record PaddedCopy(Planes source, Window window) {
  /** Bytes that are worth a thread: some microseconds. */
  private static final long LEAST_BYTES = 32 << 10;

  Planes target() {
    return source.padded(window);
  }

  /** Copies {@code images} images, one behind the other in both memories. */
  void run(MemorySegment from, MemorySegment to, int images, Workers workers) {
    workers.run(
        images * source.count(),
        Math.clamp(images * source.image() / LEAST_BYTES, 1, workers.threads()),
        plane ->
            copy(
                from.asSlice(plane * source.plane(), source.plane()),
                to.asSlice(plane * target().plane(), target().plane())));
  }

  private void copy(MemorySegment from, MemorySegment to) {
    long row = target().row();
    long left = window.padLeft() * source.position();
    long right = window.padRight() * source.position();
    to.asSlice(0, window.padTop() * row).fill((byte) 0);
    for (int y = 0; y < source.height(); y++) {
      long at = (window.padTop() + y) * row;
      to.asSlice(at, left).fill((byte) 0);
      MemorySegment.copy(from, y * source.row(), to, at + left, source.row());
      to.asSlice(at + row - right, right).fill((byte) 0);
    }
    to.asSlice((window.padTop() + source.height()) * row).fill((byte) 0);
  }
}
