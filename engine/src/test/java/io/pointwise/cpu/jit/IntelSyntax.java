// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.util.Locale;

/**
 * Operands as objdump writes them in Intel's syntax. By letter:
 *
 * <ul>
 *   <li>g: general register of 64 bits, e: its lower 32 bits
 *   <li>v: vector register of the instruction set's size, x: its lowest 128 bits
 *   <li>k: mask register
 *   <li>m: memory of a vector, q: of 64 bits, d: of 32 bits, b: of 8 bits, n: of no size; c: 32
 *       bits that stand for all lanes
 *   <li>i: constant that is extended to 64 bits from 32, w: one of 64 bits, u: one of 8
 * </ul>
 */
final class IntelSyntax {
  private IntelSyntax() {}

  /** The type that the assembler has such an operand in. */
  static String type(char letter) {
    return switch (letter) {
      case 'g', 'e' -> "Gpr";
      case 'v', 'x' -> "Vec";
      case 'k' -> "Mask";
      case 'm', 'q', 'd', 'b', 'n', 'c' -> "Mem";
      case 'i', 'w' -> "long";
      case 'j', 'u' -> "int";
      default -> throw new IllegalArgumentException("operand " + letter);
    };
  }

  static String text(Isa isa, char letter, Object operand) {
    return switch (letter) {
      case 'g' -> wide((Gpr) operand);
      case 'e' -> narrow((Gpr) operand);
      case 'v' -> (isa == Isa.AVX512 ? "zmm" : "ymm") + ((Vec) operand).number();
      case 'x' -> "xmm" + ((Vec) operand).number();
      case 'k' -> "k" + ((Mask) operand).number();
      case 'm' -> (isa == Isa.AVX512 ? "ZMMWORD PTR " : "YMMWORD PTR ") + address((Mem) operand);
      case 'q' -> "QWORD PTR " + address((Mem) operand);
      case 'd' -> "DWORD PTR " + address((Mem) operand);
      case 'b' -> "BYTE PTR " + address((Mem) operand);
      case 'c' -> "DWORD BCST " + address((Mem) operand);
      case 'n' -> address((Mem) operand);
      case 'i', 'j', 'w', 'u' -> "0x" + Long.toHexString(((Number) operand).longValue());
      default -> throw new IllegalArgumentException("operand " + letter);
    };
  }

  private static String wide(Gpr register) {
    return register.name().toLowerCase(Locale.ROOT);
  }

  private static String narrow(Gpr register) {
    String wide = wide(register);
    return Character.isDigit(wide.charAt(1)) ? wide + "d" : "e" + wide.substring(1);
  }

  private static String address(Mem mem) {
    int displacement = mem.displacement();
    String base = wide(mem.base());
    // These two cannot be a base without a displacement, and objdump writes the 0.
    boolean always = mem.base() == Gpr.RBP || mem.base() == Gpr.R13;
    if (displacement == 0 && !always) {
      return "[" + base + "]";
    }
    return String.format(
        Locale.ROOT,
        "[%s%s0x%x]",
        base,
        displacement < 0 ? "-" : "+",
        Math.abs((long) displacement));
  }
}
