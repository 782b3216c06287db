// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/**
 * Loads and stores of the first lanes of a vector; memory of the other lanes is not touched, and
 * loads make them zero. AVX-512 keeps the choice in a mask register, AVX2 in a vector.
 */
final class FirstLanes {
  private static final int LANES_OF_A_PUSH = Long.BYTES / Float.BYTES;

  private final Assembler assembler;
  private final int count;
  private final Vec register;

  private FirstLanes(Assembler assembler, int count, Vec register) {
    this.assembler = assembler;
    this.count = count;
    this.register = register;
  }

  /**
   * Emits what the moves need; overwrites {@code rax}.
   *
   * @param count lanes, 1 to all of them
   * @param register that AVX2 uses as long as there are such moves; AVX-512 uses {@link Mask#K1}
   */
  static FirstLanes choose(Assembler assembler, int count, Vec register) {
    FirstLanes lanes = new FirstLanes(assembler, count, register);
    if (!lanes.all()) {
      lanes.choose();
    }
    return lanes;
  }

  private Isa isa() {
    return assembler.vectors().isa();
  }

  private boolean all() {
    return count == isa().lanes();
  }

  private void choose() {
    if (isa() == Isa.AVX512) {
      assembler.mov(Gpr.RAX, (1L << count) - 1);
      assembler.vectors().mask(Mask.K1, Gpr.RAX);
      return;
    }
    // Through the stack, which grows downwards: the last lanes first.
    for (int lane = isa().lanes() - LANES_OF_A_PUSH; lane >= 0; lane -= LANES_OF_A_PUSH) {
      assembler.mov(Gpr.RAX, chosen(lane) | chosen(lane + 1) << Integer.SIZE);
      assembler.push(Gpr.RAX);
    }
    assembler.vectors().load(register, Mem.at(Gpr.RSP));
    assembler.add(Gpr.RSP, isa().bytes());
  }

  private long chosen(int lane) {
    return lane < count ? 0xFFFF_FFFFL : 0;
  }

  void load(Vec destination, Mem source) {
    VectorAssembler v = assembler.vectors();
    if (all()) {
      v.load(destination, source);
    } else if (isa() == Isa.AVX512) {
      v.load(destination, source, Mask.K1);
    } else {
      v.maskLoad(destination, register, source);
    }
  }

  void store(Mem destination, Vec source) {
    VectorAssembler v = assembler.vectors();
    if (all()) {
      v.store(destination, source);
    } else if (isa() == Isa.AVX512) {
      v.store(destination, source, Mask.K1);
    } else {
      v.maskStore(destination, register, source);
    }
  }
}
