// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * A loop that does nothing but fused multiply-adds on registers, as machine code: as fast the first
 * time as ever after. Several threads may run it at once.
 */
public final class GeneratedFmaLoop implements DoubleSupplier {
  /** Independent chains: two units times a latency of four, and some more. */
  static final int CHAINS = 12;

  /** About a third of a millisecond; small enough to be counted in floats exactly. */
  private static final int TURNS = 50_000;

  private final Isa isa;
  private final Kernel kernel;

  private GeneratedFmaLoop(Isa isa, Kernel kernel) {
    this.isa = isa;
    this.kernel = kernel;
  }

  /**
   * Makes the loop.
   *
   * @param arena that its code lives in; nothing may run it when that is closed
   * @return empty where no machine code is generated
   */
  public static Optional<GeneratedFmaLoop> make(Arena arena) {
    try {
      Isa isa = JitTier.isa();
      return isa == null ? Optional.empty() : Optional.of(make(isa, arena));
    } catch (Posix.Refused e) {
      return Optional.empty();
    }
  }

  static GeneratedFmaLoop make(Isa isa, Arena arena) throws Posix.Refused {
    CodeRegion.Builder builder = new CodeRegion.Builder();
    long entry = builder.add(code(isa));
    return new GeneratedFmaLoop(isa, builder.build(arena).kernel(entry));
  }

  /**
   * Runs it once.
   *
   * @return 10⁹ operations a second of the calling thread
   */
  @Override
  public double getAsDouble() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment sums = arena.allocate((long) CHAINS * isa.bytes(), isa.bytes());
      long start = System.nanoTime();
      kernel.call(TURNS, sums.address(), 0, 0, 0, 0);
      long nanos = System.nanoTime() - start;
      for (float sum : sums.toArray(ValueLayout.JAVA_FLOAT)) {
        if (sum != TURNS) {
          throw new IllegalStateException("the FMA loop gave " + sum + ", not " + TURNS);
        }
      }
      return 2.0 * CHAINS * isa.lanes() * TURNS / nanos;
    }
  }

  /** Arguments: turns, at least 1; where the chains' sums go. Every turn adds 1 to every lane. */
  private static byte[] code(Isa isa) {
    Assembler a = new Assembler(isa);
    VectorAssembler v = a.vectors();
    Vec left = Vec.of(CHAINS);
    Vec right = Vec.of(CHAINS + 1);
    Constants.load(a, left, 0.5f);
    Constants.load(a, right, 2);
    for (int chain = 0; chain < CHAINS; chain++) {
      v.zero(Vec.of(chain));
    }
    Label turn = a.here();
    for (int chain = 0; chain < CHAINS; chain++) {
      v.multiplyAdd(Vec.of(chain), left, right);
    }
    a.dec(Gpr.RDI);
    a.jumpIfNotZero(turn);
    for (int chain = 0; chain < CHAINS; chain++) {
      v.store(Mem.at(Gpr.RSI, (long) chain * isa.bytes()), Vec.of(chain));
    }
    v.zeroUpper();
    a.ret();
    return a.code();
  }
}
