// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Asks the processor what it has, by code that was generated for the purpose; so the first question
 * is answered too, whether executable memory can be had at all.
 */
final class Cpuid {
  private static final int FMA = 12;
  private static final int OSXSAVE = 27;
  private static final int AVX2 = 5;
  private static final int[] AVX512 = {16, 17, 30, 31}; // F, DQ, BW, VL
  private static final int YMM_STATE = 0b110;
  private static final int ZMM_STATE = 0b11100110;

  private final Kernel cpuid;
  private final Kernel xgetbv;
  private final MemorySegment answer;

  private Cpuid(Kernel cpuid, Kernel xgetbv, MemorySegment answer) {
    this.cpuid = cpuid;
    this.xgetbv = xgetbv;
    this.answer = answer;
  }

  /**
   * The widest instruction set that processor and system have of those that code is generated for;
   * null if they have none.
   *
   * @throws Posix.Refused if there is no executable memory
   */
  static @Nullable Isa widest() throws Posix.Refused {
    CodeRegion.Builder builder = new CodeRegion.Builder();
    long cpuid = builder.add(cpuidCode());
    long xgetbv = builder.add(xgetbvCode());
    try (Arena arena = Arena.ofConfined()) {
      CodeRegion region = builder.build(arena);
      return new Cpuid(region.kernel(cpuid), region.kernel(xgetbv), arena.allocate(16, 16)).isa();
    }
  }

  private @Nullable Isa isa() {
    if (leaf(0)[0] < 7) {
      return null;
    }
    int features = leaf(1)[2];
    int extended = leaf(7)[1];
    if (!has(features, OSXSAVE) || !has(features, FMA) || !has(extended, AVX2)) {
      return null;
    }
    xgetbv.call(answer.address(), 0, 0, 0, 0, 0);
    int state = answer.get(ValueLayout.JAVA_INT, 0);
    if ((state & YMM_STATE) != YMM_STATE) {
      return null;
    }
    boolean wide = (state & ZMM_STATE) == ZMM_STATE;
    for (int bit : AVX512) {
      wide &= has(extended, bit);
    }
    return wide ? Isa.AVX512 : Isa.AVX2;
  }

  private static boolean has(int bits, int bit) {
    return (bits >> bit & 1) != 0;
  }

  /** eax, ebx, ecx, edx. */
  private int[] leaf(int leaf) {
    cpuid.call(answer.address(), leaf, 0, 0, 0, 0);
    return answer.toArray(ValueLayout.JAVA_INT);
  }

  private static byte[] cpuidCode() {
    Assembler a = new Assembler(Isa.AVX2);
    a.push(Gpr.RBX);
    a.mov(Gpr.RAX, Gpr.RSI);
    a.mov(Gpr.RCX, 0);
    a.cpuid();
    a.movInt(new Mem(Gpr.RDI, 0), Gpr.RAX);
    a.movInt(new Mem(Gpr.RDI, 4), Gpr.RBX);
    a.movInt(new Mem(Gpr.RDI, 8), Gpr.RCX);
    a.movInt(new Mem(Gpr.RDI, 12), Gpr.RDX);
    a.pop(Gpr.RBX);
    a.ret();
    return a.code();
  }

  private static byte[] xgetbvCode() {
    Assembler a = new Assembler(Isa.AVX2);
    a.mov(Gpr.RCX, 0);
    a.xgetbv();
    a.movInt(Mem.at(Gpr.RDI), Gpr.RAX);
    a.ret();
    return a.code();
  }
}
