// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/**
 * Writes a function that pools whole planes of NCHWc: blocks of channels to a float for each
 * channel. A plane is taken in several parts in turn, which hides how long an instruction takes;
 * parts are merged in pairs, so the order is always the same.
 *
 * <p>Arguments of the function: the input, the output, the number of planes (at least 1), which
 * follow each other in both.
 *
 * @param isa instruction set
 * @param pixels of a plane, at least 1
 * @param channels of a plane that exist, 1 to all lanes
 * @param function maximum or mean
 */
record GlobalPoolKernel(Isa isa, int pixels, int channels, WindowFunction function)
    implements Generator {
  private static final Gpr INPUT = Gpr.RDI;
  private static final Gpr OUTPUT = Gpr.RSI;
  private static final Gpr PLANES = Gpr.RDX;
  private static final Gpr TURNS = Gpr.R10;

  private static final int MOST_PARTS = 8;

  @Override
  public byte[] generate() {
    Assembler a = new Assembler(isa);
    // No part uses the last result's register.
    Vec mask = Vec.of(WindowRegisters.mostColumns(isa) - 1);
    FirstLanes stored = FirstLanes.choose(a, channels, mask);
    WindowRegisters registers = WindowRegisters.prepare(a, function, 0, 0);
    int parts = Math.min(pixels, MOST_PARTS);
    Label nextPlane = a.here();
    registers.begin(parts);
    a.mov(TURNS, pixels / parts);
    Label nextTurn = a.here();
    take(a, registers, parts);
    a.dec(TURNS);
    a.jumpIfNotZero(nextTurn);
    take(a, registers, pixels % parts);
    for (int distance = 1; distance < parts; distance *= 2) {
      for (int part = 0; part + distance < parts; part += 2 * distance) {
        registers.merge(part, part + distance);
      }
    }
    registers.finish(0, pixels, Mem.at(OUTPUT));
    stored.store(Mem.at(OUTPUT), registers.result(0));
    a.add(OUTPUT, isa.bytes());
    a.dec(PLANES);
    a.jumpIfNotZero(nextPlane);
    a.vectors().zeroUpper();
    a.ret();
    return a.code();
  }

  private void take(Assembler a, WindowRegisters registers, int parts) {
    for (int part = 0; part < parts; part++) {
      registers.take(part, Mem.at(INPUT, (long) part * isa.bytes()));
    }
    a.add(INPUT, (long) parts * isa.bytes());
  }
}
