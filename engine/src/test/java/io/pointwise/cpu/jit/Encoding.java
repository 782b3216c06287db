// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * An instruction: what it is and the bytes that the assembler makes of it.
 *
 * @param text in Intel's syntax, from the operands alone; a jump's target as a distance from where
 *     the jump begins
 * @param hex the bytes, two digits each
 */
record Encoding(String text, String hex) {
  /** Bytes between a label and the jump back to it. */
  private static final int[] DISTANCES = {0, 3, 120, 129, 300, 70_002};

  static Encoding of(String text, byte[] bytes) {
    return new Encoding(text, HexFormat.of().formatHex(bytes));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /** Of each form every combination of {@link Samples}. */
  static List<Encoding> all(Isa isa, List<Form> forms) {
    return of(isa, forms, Samples::all);
  }

  /** Of each form some. */
  static List<Encoding> few(Isa isa, List<Form> forms) {
    return of(isa, forms, Samples::few);
  }

  private static List<Encoding> of(
      Isa isa, List<Form> forms, BiFunction<Isa, Form, List<List<Object>>> samples) {
    return forms.stream().flatMap(form -> of(isa, form, samples.apply(isa, form))).toList();
  }

  private static Stream<Encoding> of(Isa isa, Form form, List<List<Object>> operands) {
    Form.Encoder encoder = form.encoder();
    return operands.stream().map(each -> of(form.expected(isa, each), encoder.encode(isa, each)));
  }

  /** Jumps, which are the only instructions that depend on where they stand. */
  static List<Encoding> jumps() {
    return Arrays.stream(DISTANCES).mapToObj(Encoding::jump).toList();
  }

  private static Encoding jump(int distance) {
    Assembler a = new Assembler(Isa.AVX512);
    a.ret();
    Label target = a.here();
    while (a.code().length < 1 + distance) {
      a.dec(Gpr.RAX);
    }
    int start = a.code().length;
    a.jumpIfNotZero(target);
    byte[] code = a.code();
    return of(
        "jne .-0x" + Integer.toHexString(distance), Arrays.copyOfRange(code, start, code.length));
  }

  /** One line for {@link EncodingFile}. */
  String line() {
    return hex + " " + text;
  }

  @Override
  public String toString() {
    return line();
  }
}
