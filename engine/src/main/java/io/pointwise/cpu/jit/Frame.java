// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/**
 * A function's own memory on the stack, aligned to vectors; below a page, so that no probe is due.
 */
final class Frame {
  private static final int ALIGNMENT = 64;
  private static final int MOST = 4096 - ALIGNMENT;

  private Frame() {}

  /** Makes {@code bytes} bytes at {@code rsp}. */
  static void enter(Assembler a, long bytes) {
    if (bytes > MOST) {
      throw new IllegalArgumentException("frame of " + bytes + " bytes is over the limit " + MOST);
    }
    a.push(Gpr.RBP);
    a.mov(Gpr.RBP, Gpr.RSP);
    a.add(Gpr.RSP, -bytes);
    a.and(Gpr.RSP, -ALIGNMENT);
  }

  /** Gives them back and returns to the caller. */
  static void leave(Assembler a) {
    a.mov(Gpr.RSP, Gpr.RBP);
    a.pop(Gpr.RBP);
    a.vectors().zeroUpper();
    a.ret();
  }
}
