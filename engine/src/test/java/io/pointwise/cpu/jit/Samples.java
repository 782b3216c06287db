// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Values of the operands that instructions are tried with: both sides of each limit. */
final class Samples {
  /** The most combinations of one form; beyond, memory is tried with fewer addresses. */
  private static final int MOST = 2000;

  /**
   * Displacements: none; one byte, or one of it counted in floats or vectors, at the ends of its
   * range and just beyond; no multiple of these.
   */
  private static final int[] DISPLACEMENTS = {
    0,
    4,
    64,
    -64,
    127,
    128,
    -128,
    -129,
    508,
    512,
    -512,
    -516,
    4064,
    4096,
    8128,
    8192,
    -8192,
    -8256,
    7,
    8130,
    1 << 20,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
  };

  private Samples() {}

  /** All combinations; the digit of the last operand changes first. */
  static List<List<Object>> all(Isa isa, Form form) {
    List<List<Object>> values = values(isa, form, true);
    long combinations = values.stream().mapToLong(List::size).reduce(1, Math::multiplyExact);
    List<List<Object>> all = List.of(List.of());
    for (List<Object> next : combinations > MOST ? values(isa, form, false) : values) {
      all =
          all.stream()
              .flatMap(before -> next.stream().map(value -> with(before, before.size(), value)))
              .toList();
    }
    return all;
  }

  /** Every value of each operand, the others staying what they are in the middle of their lists. */
  static List<List<Object>> few(Isa isa, Form form) {
    List<List<Object>> values = values(isa, form, false);
    List<Object> middle = values.stream().map(list -> list.get(list.size() / 2)).toList();
    List<List<Object>> few = new ArrayList<>(List.of(middle));
    for (int operand = 0; operand < values.size(); operand++) {
      for (Object value : values.get(operand)) {
        few.add(with(middle, operand, value));
      }
    }
    return few.stream().distinct().toList();
  }

  /** A copy with {@code value} at a place, which may be the one behind the last. */
  private static List<Object> with(List<Object> list, int place, Object value) {
    List<Object> copy = new ArrayList<>(list.subList(0, place));
    copy.add(value);
    copy.addAll(list.subList(Math.min(place + 1, list.size()), list.size()));
    return List.copyOf(copy);
  }

  private static List<List<Object>> values(Isa isa, Form form, boolean allAddresses) {
    return form.operands().stream()
        .map(operand -> values(isa, operand.letter(), allAddresses))
        .toList();
  }

  private static List<Object> values(Isa isa, char letter, boolean allAddresses) {
    return switch (IntelSyntax.type(letter)) {
      case "Gpr" -> List.of((Object[]) Gpr.values());
      case "Vec" -> vectors(isa);
      case "Mask" -> List.of((Object[]) Mask.values()).subList(1, Mask.values().length);
      case "Mem" -> addresses(allAddresses);
      default -> constants(letter);
    };
  }

  private static List<Object> vectors(Isa isa) {
    return IntStream.range(0, isa.registers())
        .filter(number -> (number & 7) == 0 || (number & 7) == 7)
        .<Object>mapToObj(Vec::of)
        .toList();
  }

  private static List<Object> addresses(boolean all) {
    return Arrays.stream(Gpr.values())
        .flatMap(
            base ->
                Arrays.stream(DISPLACEMENTS)
                    .filter(displacement -> all || base == Gpr.R12 || displacement == 64)
                    .<Object>mapToObj(displacement -> new Mem(base, displacement)))
        .toList();
  }

  private static List<Object> constants(char letter) {
    long[] bytes = {0, 0x1B, 0x44, 0x88, 0xEE, 0xFF};
    long[] ints = {
      1, -1, 127, 128, -128, -129, 0x8000, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE,
    };
    long[] longs = {
      1L << 31, 1L << 32, -1L << 32, 0x0123456789ABCDEFL, Long.MAX_VALUE, Long.MIN_VALUE,
    };
    return switch (letter) {
      case 'i' -> boxed(ints).toList();
      case 'w' -> boxed(longs).toList();
      case 'j' -> boxed(ints).<Object>map(value -> ((Long) value).intValue()).toList();
      default -> boxed(bytes).<Object>map(value -> ((Long) value).intValue()).toList();
    };
  }

  private static Stream<Object> boxed(long[] values) {
    return LongStream.of(values).mapToObj(Long::valueOf);
  }
}
