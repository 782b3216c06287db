// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

/**
 * Encodes the instructions that the generators need, for x86-64: general ones here, those on
 * vectors in {@link VectorAssembler}, which this class gives.
 *
 * <p>Operands are in Intel's order, the destination first. Source of all encodings: Intel 64 and
 * IA-32 Architectures Software Developer's Manual, volume 2.
 */
final class Assembler {
  private static final int REX_W = 0x48;

  private final CodeBuffer code = new CodeBuffer();
  private final VectorAssembler vectors;

  Assembler(Isa isa) {
    this.vectors = new VectorAssembler(isa, code);
  }

  /** The instructions on vectors, which go into the same code. */
  VectorAssembler vectors() {
    return vectors;
  }

  /** {@code mov destination, source}. */
  void mov(Gpr destination, Gpr source) {
    registers(0x8B, destination, source);
  }

  /** {@code mov destination, value}. */
  void mov(Gpr destination, long value) {
    if (value == (int) value) {
      code.add(REX_W | destination.high(), 0xC7, 0xC0 | destination.low());
      code.addInt((int) value);
    } else {
      code.add(REX_W | destination.high(), 0xB8 | destination.low());
      code.addLong(value);
    }
  }

  /** {@code mov destination, [source]}, 64 bits. */
  void mov(Gpr destination, Mem source) {
    memory(0x8B, destination.number(), source);
  }

  /** {@code mov [destination], source}, 64 bits. */
  void mov(Mem destination, Gpr source) {
    memory(0x89, source.number(), destination);
  }

  /** {@code mov dword [destination], source}, the low 32 bits. */
  void movInt(Mem destination, Gpr source) {
    extend(source.high() << 2 | destination.base().high());
    code.add(0x89);
    ModRm.memory(code, source.low(), destination, 1);
  }

  /** {@code lea destination, [source]}. */
  void lea(Gpr destination, Mem source) {
    memory(0x8D, destination.number(), source);
  }

  /** {@code add destination, source}. */
  void add(Gpr destination, Gpr source) {
    registers(0x03, destination, source);
  }

  /** {@code add destination, value}; nothing for 0. */
  void add(Gpr destination, long value) {
    if (value != 0) {
      immediate(0, destination, Math.toIntExact(value));
    }
  }

  /** {@code and destination, value}. */
  void and(Gpr destination, int value) {
    immediate(4, destination, value);
  }

  /** {@code cmp left, value}. */
  void cmp(Gpr left, int value) {
    immediate(7, left, value);
  }

  /** {@code dec register}. */
  void dec(Gpr register) {
    code.add(REX_W | register.high(), 0xFF, 0xC8 | register.low());
  }

  void push(Gpr register) {
    extend(register.high());
    code.add(0x50 | register.low());
  }

  void pop(Gpr register) {
    extend(register.high());
    code.add(0x58 | register.low());
  }

  /** Here, for jumps back. */
  Label here() {
    return new Label(code.size());
  }

  /** Jumps back if the last result was not zero. */
  void jumpIfNotZero(Label target) {
    code.add(0x0F, 0x85);
    code.addInt(target.position() - (code.size() + Integer.BYTES));
  }

  /** {@code prefetcht0 [address]}. */
  void prefetch(Mem address) {
    extend(address.base().high());
    code.add(0x0F, 0x18);
    ModRm.memory(code, 1, address, 1);
  }

  /** {@code cpuid}. */
  void cpuid() {
    code.add(0x0F, 0xA2);
  }

  /** {@code xgetbv}. */
  void xgetbv() {
    code.add(0x0F, 0x01, 0xD0);
  }

  void ret() {
    code.add(0xC3);
  }

  /** The code so far. */
  byte[] code() {
    return code.toArray();
  }

  /** The prefix that extends numbers of registers, where there is something to extend. */
  private void extend(int bits) {
    if (bits != 0) {
      code.add(0x40 | bits);
    }
  }

  private void registers(int opcode, Gpr reg, Gpr rm) {
    code.add(REX_W | reg.high() << 2 | rm.high(), opcode, 0xC0 | reg.low() << 3 | rm.low());
  }

  private void memory(int opcode, int reg, Mem rm) {
    code.add(REX_W | reg >> 3 << 2 | rm.base().high(), opcode);
    ModRm.memory(code, reg & 7, rm, 1);
  }

  /** The group of arithmetic instructions with a constant; {@code operation} tells which. */
  private void immediate(int operation, Gpr register, int value) {
    boolean small = value == (byte) value;
    int modRm = 0xC0 | operation << 3 | register.low();
    code.add(REX_W | register.high(), small ? 0x83 : 0x81, modRm);
    if (small) {
      code.add(value);
    } else {
      code.addInt(value);
    }
  }
}
