// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory between two pages that nobody may read or write: whoever steps over an end of it dies.
 *
 * @param pages what may be used
 */
record GuardedMemory(MemorySegment pages) {
  private static final int NONE = 0;
  private static final long PAGE = 4096;

  /** Which end of the memory lies at a guarded page. */
  enum Side {
    BEGIN,
    END
  }

  /**
   * With room for so many bytes.
   *
   * @throws Posix.Refused if the system gives no memory
   */
  static GuardedMemory of(long bytes, Arena arena) throws Posix.Refused {
    long usable = Math.ceilDiv(Math.max(bytes, 1), PAGE) * PAGE;
    MemorySegment all = Posix.map(usable + 2 * PAGE, arena);
    Posix.protect(all.asSlice(0, PAGE), NONE);
    Posix.protect(all.asSlice(PAGE + usable, PAGE), NONE);
    return new GuardedMemory(all.asSlice(PAGE, usable));
  }

  /** So many bytes that begin right behind a guarded page, or end right before one. */
  MemorySegment at(Side side, long bytes) {
    return pages.asSlice(side == Side.BEGIN ? 0 : pages.byteSize() - bytes, bytes);
  }
}
