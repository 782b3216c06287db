// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cpu.jit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One form of an instruction: the method that encodes it, and what a disassembler says of it.
 *
 * <p>In the text a percent sign, a letter and a digit stand for an operand; the digit is the number
 * of the method's argument, the letter the way in which Intel's syntax writes it, see {@link
 * IntelSyntax}.
 *
 * @param method its name
 * @param text in Intel's syntax
 */
record Form(String method, String text) {
  private static final Pattern OPERAND = Pattern.compile("%([a-z])([0-9])");

  /** An argument of the method: its number, and the letter of how it is written. */
  record Operand(int argument, char letter) {}

  /** The arguments, in the method's order. */
  List<Operand> operands() {
    return OPERAND
        .matcher(text)
        .results()
        .map(Form::operand)
        .distinct()
        .sorted((a, b) -> Integer.compare(a.argument, b.argument))
        .toList();
  }

  /** The method's name and the types of its arguments, as {@link #signature(Method)} gives them. */
  String signature() {
    return method + operands().stream().map(each -> IntelSyntax.type(each.letter)).toList();
  }

  static String signature(Method method) {
    return method.getName()
        + Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
  }

  /** What a disassembler should say. */
  String expected(Isa isa, List<Object> arguments) {
    return OPERAND
        .matcher(text)
        .replaceAll(
            match -> {
              Operand operand = operand(match);
              return IntelSyntax.text(isa, operand.letter, arguments.get(operand.argument));
            });
  }

  /** What the assembler makes of it. */
  byte[] encode(Isa isa, List<Object> arguments) {
    return encoder().encode(isa, arguments);
  }

  /** The method of the assembler, found once for many arguments. */
  Encoder encoder() {
    String signature = signature();
    return Stream.of(Assembler.class, VectorAssembler.class)
        .flatMap(owner -> Arrays.stream(owner.getDeclaredMethods()))
        .filter(each -> signature(each).equals(signature))
        .findFirst()
        .map(Encoder::new)
        .orElseThrow(() -> new AssertionError("no method " + signature));
  }

  /** Calls a method of an assembler. */
  record Encoder(Method method) {
    byte[] encode(Isa isa, List<Object> arguments) {
      Assembler assembler = new Assembler(isa);
      boolean general = method.getDeclaringClass() == Assembler.class;
      try {
        method.invoke(general ? assembler : assembler.vectors(), arguments.toArray());
      } catch (InvocationTargetException e) {
        throw new AssertionError(method + " of " + arguments, e.getCause());
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
      return assembler.code();
    }
  }

  private static Operand operand(MatchResult match) {
    return new Operand(Integer.parseInt(match.group(2)), match.group(1).charAt(0));
  }
}
