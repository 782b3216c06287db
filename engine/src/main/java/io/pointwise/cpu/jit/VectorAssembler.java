// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import static io.pointwise.cpu.jit.VectorAssembler.Map.M0F;
import static io.pointwise.cpu.jit.VectorAssembler.Map.M0F38;
import static io.pointwise.cpu.jit.VectorAssembler.Map.M0F3A;
import static io.pointwise.cpu.jit.VectorAssembler.Prefix.NONE;
import static io.pointwise.cpu.jit.VectorAssembler.Prefix.P66;

import org.jspecify.annotations.Nullable;

/**
 * Encodes instructions on vectors of floats: with EVEX for AVX-512, with VEX for AVX2. All work on
 * whole vectors of the instruction set unless they say otherwise.
 *
 * <p>A mask, where an instruction takes one, makes loads zero the lanes that it leaves out, and
 * stores leave their memory alone; neither touches memory of such lanes.
 */
final class VectorAssembler {
  /** Which table an opcode is from. */
  enum Map {
    M0F(1),
    M0F38(2),
    M0F3A(3);

    private final int code;

    Map(int code) {
      this.code = code;
    }
  }

  /** What stood as a prefix before an opcode once. */
  enum Prefix {
    NONE(0),
    P66(1);

    private final int code;

    Prefix(int code) {
      this.code = code;
    }
  }

  /** Opcode with all that chooses it. {@code wide}: the W bit, where EVEX wants it. */
  private record Op(Map map, Prefix prefix, int opcode, boolean wide) {
    Op(Map map, Prefix prefix, int opcode) {
      this(map, prefix, opcode, false);
    }
  }

  private static final Op LOAD = new Op(M0F, NONE, 0x10);
  private static final Op STORE = new Op(M0F, NONE, 0x11);
  private static final Op MOVE = new Op(M0F, NONE, 0x28);
  private static final Op ADD = new Op(M0F, NONE, 0x58);
  private static final Op MULTIPLY = new Op(M0F, NONE, 0x59);
  private static final Op SUBTRACT = new Op(M0F, NONE, 0x5C);
  private static final Op MINIMUM = new Op(M0F, NONE, 0x5D);
  private static final Op DIVIDE = new Op(M0F, NONE, 0x5E);
  private static final Op MAXIMUM = new Op(M0F, NONE, 0x5F);
  private static final Op INT_XOR = new Op(M0F, P66, 0xEF);
  private static final Op UNPACK_LOW = new Op(M0F, NONE, 0x14);
  private static final Op UNPACK_HIGH = new Op(M0F, NONE, 0x15);
  private static final Op UNPACK_LOW_PAIRS = new Op(M0F, P66, 0x14, true);
  private static final Op UNPACK_HIGH_PAIRS = new Op(M0F, P66, 0x15, true);
  private static final Op SHUFFLE_QUARTERS = new Op(M0F3A, P66, 0x23);
  private static final Op SHUFFLE_HALVES = new Op(M0F3A, P66, 0x06);
  private static final Op BROADCAST = new Op(M0F38, P66, 0x18);
  private static final Op FUSED_MULTIPLY_ADD = new Op(M0F38, P66, 0xB8);
  private static final Op FUSED_NEGATED_MULTIPLY_ADD = new Op(M0F38, P66, 0xBC);
  private static final Op PERMUTE_TWO = new Op(M0F38, P66, 0x7F);
  private static final Op MASK_LOAD = new Op(M0F38, P66, 0x2C);
  private static final Op MASK_STORE = new Op(M0F38, P66, 0x2E);
  private static final Op OR = new Op(M0F, NONE, 0x56);
  private static final Op COMPARE = new Op(M0F, NONE, 0xC2);
  private static final Op FIX_UP = new Op(M0F3A, P66, 0x54);
  private static final Op SQUARE_ROOT = new Op(M0F, NONE, 0x51);
  private static final Op ALIGN_LANES = new Op(M0F3A, P66, 0x03);
  private static final Op ALIGN_BYTES = new Op(M0F3A, P66, 0x0F);
  private static final Op INT_TO_VECTOR = new Op(M0F, P66, 0x6E);

  /** The predicate of comparisons that is true where either side is NaN. */
  private static final int UNORDERED = 3;

  private final Isa isa;
  private final CodeBuffer code;

  VectorAssembler(Isa isa, CodeBuffer code) {
    this.isa = isa;
    this.code = code;
  }

  Isa isa() {
    return isa;
  }

  /** {@code vmovups destination, [source]}. */
  void load(Vec destination, Mem source) {
    encode(LOAD, destination, null, source, isa.bytes(), false, Mask.NONE, false);
  }

  /** {@code vmovups destination{mask}{z}, [source]}; AVX-512 only. */
  void load(Vec destination, Mem source, Mask mask) {
    // Zeroing without a mask is no instruction.
    encode(LOAD, destination, null, source, isa.bytes(), false, mask, mask != Mask.NONE);
  }

  /** {@code vmovups [destination], source}. */
  void store(Mem destination, Vec source) {
    encode(STORE, source, null, destination, isa.bytes(), false, Mask.NONE, false);
  }

  /** {@code vmovups [destination]{mask}, source}; AVX-512 only. */
  void store(Mem destination, Vec source, Mask mask) {
    encode(STORE, source, null, destination, isa.bytes(), false, mask, false);
  }

  /** {@code vbroadcastss destination, dword [source]}. */
  void broadcast(Vec destination, Mem source) {
    encode(BROADCAST, destination, null, source, Float.BYTES, false, Mask.NONE, false);
  }

  /** {@code vbroadcastss destination, source}: its lowest lane to all. */
  void broadcast(Vec destination, Vec source) {
    encode(BROADCAST, destination, null, source);
  }

  /** {@code vmovd destination, source}: 32 bits to the lowest lane. */
  void fromInt(Vec destination, Gpr source) {
    if (isa == Isa.AVX512) {
      evex(INT_TO_VECTOR, destination, null, false, Mask.NONE, false, 0, source.high(), 0);
    } else {
      vex(INT_TO_VECTOR, destination, null, source.high(), 0);
    }
    code.add(0xC0 | (destination.number() & 7) << 3 | source.low());
  }

  /** {@code vmovaps destination, source}. */
  void move(Vec destination, Vec source) {
    encode(MOVE, destination, null, source);
  }

  /** All lanes 0. */
  void zero(Vec destination) {
    encode(INT_XOR, destination, destination, destination);
  }

  /** {@code destination += left · right}, rounded once. */
  void multiplyAdd(Vec destination, Vec left, Vec right) {
    encode(FUSED_MULTIPLY_ADD, destination, left, right);
  }

  /** {@code destination += left · [right]}, a whole vector. */
  void multiplyAdd(Vec destination, Vec left, Mem right) {
    encode(FUSED_MULTIPLY_ADD, destination, left, right, isa.bytes(), false, Mask.NONE, false);
  }

  /** {@code destination += left · float [right]} in all lanes; AVX-512 only. */
  void multiplyAddBroadcast(Vec destination, Vec left, Mem right) {
    encode(FUSED_MULTIPLY_ADD, destination, left, right, Float.BYTES, true, Mask.NONE, false);
  }

  /** {@code destination −= left · right}, rounded once. */
  void multiplySubtract(Vec destination, Vec left, Vec right) {
    encode(FUSED_NEGATED_MULTIPLY_ADD, destination, left, right);
  }

  void add(Vec destination, Vec left, Vec right) {
    encode(ADD, destination, left, right);
  }

  void add(Vec destination, Vec left, Mem right) {
    encode(ADD, destination, left, right, isa.bytes(), false, Mask.NONE, false);
  }

  void subtract(Vec destination, Vec left, Vec right) {
    encode(SUBTRACT, destination, left, right);
  }

  void multiply(Vec destination, Vec left, Vec right) {
    encode(MULTIPLY, destination, left, right);
  }

  void multiply(Vec destination, Vec left, Mem right) {
    encode(MULTIPLY, destination, left, right, isa.bytes(), false, Mask.NONE, false);
  }

  void divide(Vec destination, Vec left, Vec right) {
    encode(DIVIDE, destination, left, right);
  }

  /** The larger; {@code right} where either is NaN. */
  void maximum(Vec destination, Vec left, Vec right) {
    encode(MAXIMUM, destination, left, right);
  }

  /** The larger; {@code [right]} where either is NaN. */
  void maximum(Vec destination, Vec left, Mem right) {
    encode(MAXIMUM, destination, left, right, isa.bytes(), false, Mask.NONE, false);
  }

  /** The smaller; {@code right} where either is NaN. */
  void minimum(Vec destination, Vec left, Vec right) {
    encode(MINIMUM, destination, left, right);
  }

  /** {@code vunpcklps}: of each 16 bytes the lower two floats of both, in turn. */
  void unpackLow(Vec destination, Vec left, Vec right) {
    encode(UNPACK_LOW, destination, left, right);
  }

  /** {@code vunpckhps}: of each 16 bytes the upper two floats of both, in turn. */
  void unpackHigh(Vec destination, Vec left, Vec right) {
    encode(UNPACK_HIGH, destination, left, right);
  }

  /** {@code vunpcklpd}: of each 16 bytes the lower pair of both. */
  void unpackLowPairs(Vec destination, Vec left, Vec right) {
    encode(UNPACK_LOW_PAIRS, destination, left, right);
  }

  /** {@code vunpckhpd}: of each 16 bytes the upper pair of both. */
  void unpackHighPairs(Vec destination, Vec left, Vec right) {
    encode(UNPACK_HIGH_PAIRS, destination, left, right);
  }

  /**
   * {@code vshuff32x4}, AVX-512 only: two quarters of {@code left}, then two of {@code right}, by
   * four pairs of bits.
   */
  void shuffleQuarters(Vec destination, Vec left, Vec right, int control) {
    require(Isa.AVX512, "vshuff32x4");
    encode(SHUFFLE_QUARTERS, destination, left, right);
    code.add(control);
  }

  /** {@code vperm2f128}, AVX2 only: two of the four halves. */
  void shuffleHalves(Vec destination, Vec left, Vec right, int control) {
    require(Isa.AVX2, "vperm2f128");
    encode(SHUFFLE_HALVES, destination, left, right);
    code.add(control);
  }

  /**
   * {@code vpermt2ps}, AVX-512 only: lanes of {@code destination} (0 to 15) and {@code other} (16
   * to 31) in the order that the integers in {@code order} say.
   */
  void permuteTwo(Vec destination, Vec order, Vec other) {
    require(Isa.AVX512, "vpermt2ps");
    encode(PERMUTE_TWO, destination, order, other);
  }

  /**
   * {@code valignd}, AVX-512 only: a vector's worth of lanes from lane {@code first} on, {@code
   * low} having the first 16 lanes and {@code high} the next.
   */
  void alignLanes(Vec destination, Vec high, Vec low, int first) {
    require(Isa.AVX512, "valignd");
    encode(ALIGN_LANES, destination, high, low);
    code.add(first);
  }

  /**
   * {@code vpalignr}: in each 16 bytes those from byte {@code first} on, {@code low} having the
   * first 16 and {@code high} the next.
   */
  void alignBytes(Vec destination, Vec high, Vec low, int first) {
    encode(ALIGN_BYTES, destination, high, low);
    code.add(first);
  }

  /** {@code vmaskmovps destination, mask, [source]}: lanes of negative sign only; AVX2 only. */
  void maskLoad(Vec destination, Vec mask, Mem source) {
    require(Isa.AVX2, "vmaskmovps");
    encode(MASK_LOAD, destination, mask, source, isa.bytes(), false, Mask.NONE, false);
  }

  /** {@code vmaskmovps [destination], mask, source}: lanes of negative sign only; AVX2 only. */
  void maskStore(Mem destination, Vec mask, Vec source) {
    require(Isa.AVX2, "vmaskmovps");
    encode(MASK_STORE, source, mask, destination, isa.bytes(), false, Mask.NONE, false);
  }

  /** {@code vorps}: of the bits. */
  void or(Vec destination, Vec left, Vec right) {
    encode(OR, destination, left, right);
  }

  /** {@code vcmpunordps}, AVX2 only: all bits, which is NaN, where either is NaN; else zero. */
  void unordered(Vec destination, Vec left, Vec right) {
    require(Isa.AVX2, "vcmpunordps");
    encode(COMPARE, destination, left, right);
    code.add(UNORDERED);
  }

  /**
   * {@code vfixupimmps}, AVX-512 only: in the lanes where {@code value} is of some class, what four
   * bits of {@code table} say for that class; {@code destination} stays where they are zero.
   */
  void fixUp(Vec destination, Vec value, Vec table) {
    require(Isa.AVX512, "vfixupimmps");
    encode(FIX_UP, destination, value, table);
    code.add(0);
  }

  void squareRoot(Vec destination, Vec source) {
    encode(SQUARE_ROOT, destination, null, source);
  }

  /** {@code kmovw mask, source}: a lane for each bit; AVX-512 only. */
  void mask(Mask mask, Gpr source) {
    require(Isa.AVX512, "kmovw");
    code.add(0xC4, 0xC1 | (1 - source.high()) << 5, 0x78, 0x92);
    code.add(0xC0 | mask.number() << 3 | source.low());
  }

  /** {@code vzeroupper}, before returning to code that may use SSE. */
  void zeroUpper() {
    code.add(0xC5, 0xF8, 0x77);
  }

  private void encode(Op op, Vec reg, @Nullable Vec second, Vec rm) {
    int number = rm.number();
    if (isa == Isa.AVX512) {
      evex(op, reg, second, false, Mask.NONE, false, number >> 4 & 1, number >> 3 & 1, 2);
    } else {
      requireRegister(rm);
      vex(op, reg, second, number >> 3 & 1, 1);
    }
    code.add(0xC0 | (reg.number() & 7) << 3 | (number & 7));
  }

  private void encode(
      Op op,
      Vec reg,
      @Nullable Vec second,
      Mem rm,
      int accessed,
      boolean broadcast,
      Mask mask,
      boolean zeroing) {
    if (isa == Isa.AVX512) {
      evex(op, reg, second, broadcast, mask, zeroing, 0, rm.base().high(), 2);
      ModRm.memory(code, reg.number() & 7, rm, accessed);
    } else {
      if (broadcast || mask != Mask.NONE) {
        throw new IllegalArgumentException("AVX2 has neither masks nor broadcasting operands");
      }
      vex(op, reg, second, rm.base().high(), 1);
      ModRm.memory(code, reg.number() & 7, rm, 1);
    }
  }

  /**
   * The EVEX prefix and the opcode. Bits that extend register numbers are stored inverted.
   *
   * @param x the bit that extends {@code rm}'s number beyond 16
   * @param b the bit that extends {@code rm}'s number beyond 8
   * @param length 2 for 512 bits, 0 for 128
   */
  private void evex(
      Op op,
      Vec reg,
      @Nullable Vec second,
      boolean broadcast,
      Mask mask,
      boolean zeroing,
      int x,
      int b,
      int length) {
    int r = reg.number() >> 3 & 1;
    int rHigh = reg.number() >> 4 & 1;
    int v = second == null ? 0 : second.number();
    code.add(
        0x62,
        (1 - r) << 7 | (1 - x) << 6 | (1 - b) << 5 | (1 - rHigh) << 4 | op.map.code,
        (op.wide ? 1 : 0) << 7 | (~v & 15) << 3 | 1 << 2 | op.prefix.code,
        (zeroing ? 1 : 0) << 7
            | length << 5
            | (broadcast ? 1 : 0) << 4
            | (1 - (v >> 4)) << 3
            | mask.number(),
        op.opcode);
  }

  /** The VEX prefix of three bytes and the opcode; {@code length} 1 for 256 bits, 0 for 128. */
  private void vex(Op op, Vec reg, @Nullable Vec second, int b, int length) {
    int r = reg.number() >> 3 & 1;
    int v = second == null ? 0 : second.number();
    requireRegister(reg);
    if (second != null) {
      requireRegister(second);
    }
    code.add(
        0xC4,
        (1 - r) << 7 | 1 << 6 | (1 - b) << 5 | op.map.code,
        (~v & 15) << 3 | length << 2 | op.prefix.code,
        op.opcode);
  }

  private void requireRegister(Vec register) {
    if (register.number() >= isa.registers()) {
      throw new IllegalArgumentException(
          isa + " has " + isa.registers() + " vector registers, got " + register);
    }
  }

  private void require(Isa needed, String instruction) {
    if (isa != needed) {
      throw new IllegalArgumentException(instruction + " is of " + needed + ", not of " + isa);
    }
  }
}
