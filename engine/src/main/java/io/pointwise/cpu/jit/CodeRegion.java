// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Executable memory that holds the kernels of one step: written first, then made executable and
 * read-only, never both at once; given back with the arena that it was made in. No kernel may run
 * then or later.
 */
final class CodeRegion {
  /** Entries begin at cache lines, which is where fetching begins. */
  private static final int ENTRY_ALIGNMENT = 64;

  private final MemorySegment pages;

  private CodeRegion(MemorySegment pages) {
    this.pages = pages;
  }

  /** Code on its way to executable memory. */
  static final class Builder {
    private final List<byte[]> codes = new ArrayList<>();
    private long bytes;

    /** Adds the code of one function; returns its offset in the region. */
    long add(byte[] code) {
      long offset = bytes;
      codes.add(code);
      bytes += rounded(code);
      return offset;
    }

    /**
     * Makes the region.
     *
     * @throws Posix.Refused if the system gives no executable memory
     */
    CodeRegion build(Arena arena) throws Posix.Refused {
      MemorySegment pages = Posix.map(Math.max(bytes, 1), arena);
      long offset = 0;
      for (byte[] code : codes) {
        pages.asSlice(offset, code.length).copyFrom(MemorySegment.ofArray(code));
        offset += rounded(code);
      }
      Posix.protect(pages, Posix.PROT_READ | Posix.PROT_EXEC);
      return new CodeRegion(pages);
    }

    private static long rounded(byte[] code) {
      return Math.ceilDiv(code.length, (long) ENTRY_ALIGNMENT) * ENTRY_ALIGNMENT;
    }
  }

  /** The function that {@link Builder#add} gave this offset for. */
  Kernel kernel(long offset) {
    // Without the arena's scope: a call would count itself in and out of it, which costs threads
    // that call at once more than many a kernel takes.
    return new Kernel(MemorySegment.ofAddress(pages.address() + offset));
  }
}
